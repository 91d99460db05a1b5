import { Command, Option } from "commander";
import type { Place } from "./setup/project.ts";

interface Options {
  readonly local?: true;
  readonly shared?: true;
  readonly yes?: true;
  readonly check?: true;
  readonly remove?: true;
  readonly offline?: true;
}

export const setup = new Command("setup")
  .description(
    "Register the hooks with Claude Code in this checkout, and see which AI services work. It shows what it would write, and asks.",
  )
  .addOption(
    new Option("--local", "write .claude/settings.local.json, which is of this machine (so it is where the other is committed)").conflicts(
      "shared",
    ),
  )
  .option("--shared", "write .claude/settings.json, even where it is committed")
  .option("--yes", "write without asking")
  .addOption(new Option("--check", "write nothing; end with 1 when the hooks are not as they should be").conflicts(["yes", "remove"]))
  .option("--remove", "take the hooks out again, and nothing else")
  .option("--offline", "ask no service over the network")
  .action(async (options: Options) => {
    const { given, around, terminal } = await open(options);
    const place: Place | undefined = options.local ? "local" : options.shared ? "shared" : undefined;
    const asked = { ...(place && { place }), ...(options.yes && { yes: options.yes }) };
    const [{ setUpHooks }, { checkHooks }, { services }, { tellServices }, { tellSecrets }] = await Promise.all([
      import("./setup/set-up-hooks.ts"),
      import("./setup/check-hooks.ts"),
      import("./setup/services/index.ts"),
      import("./setup/services/tell.ts"),
      import("./setup/actions-secrets.ts"),
    ]);
    const isFine = options.check ? checkHooks(given, asked) : await setUpHooks(given, asked);
    if (!isFine) process.exitCode = 1;
    if (options.remove) return;
    await tellServices(services, around, { ...terminal, isInteractive: terminal.isInteractive && !options.check && !options.yes });
    terminal.print(await tellSecrets(around));
  });

/** A terminal's composition root: which checkout, whose Claude Code, and who sits there. */
async function open(options: Options) {
  const [{ homedir }, { join, resolve }, { presentIn }, { findGit, originRepository }, { table }, { terminalOf }, { givenFor }] =
    await Promise.all([
      import("node:os"),
      import("node:path"),
      import("../config/present.ts"),
      import("../hooks/place/git-head.ts"),
      import("../hooks/index.ts"),
      import("./setup/terminal.ts"),
      import("./setup/given.ts"),
    ]);
  const variables = presentIn(process.env);
  const git = findGit(process.cwd());
  const home = homedir();
  const claudeFolder = resolve(variables.CLAUDE_CONFIG_DIR ?? join(home, ".claude"));
  const root = git?.root ?? process.cwd();
  const terminal = terminalOf(process.stdin, process.stdout);
  const given = givenFor({
    root,
    claudeFolder,
    settingsFile: variables.NEXTRUST_CONFIG,
    table,
    terminal,
    isRemoval: options.remove === true,
    now: Date.now(),
  });
  return {
    given,
    terminal,
    around: { variables, claudeFolder, home, root, repository: git && originRepository(git), isOffline: options.offline === true },
  };
}
