import type { Context } from "../context.ts";
import { inOneLine } from "../in-one-line.ts";
import { deny, type HookModule, tell } from "../module.ts";
import { type Grounds, groundsOf, isOnGrounds } from "../place/grounds.ts";
import { realPathOf } from "../place/real-path.ts";
import type { ShellCommand } from "../shell/command.ts";
import { filesWrittenBy, mayWrite } from "../shell/files-written.ts";
import { gitCallOf } from "../shell/git.ts";
import { mayHold } from "../shell/may-hold.ts";
import { onlyReads } from "../shell/only-reads.ts";

/** A command runs elsewhere by one of these only. */
const leaving = new Set(["cd", "popd", "pushd", "-C", "-D", "--chdir"]);

export const workingDirectory: HookModule<"pre-tool-use"> = {
  name: "working-directory",
  summary: "Warns of a command that would change something outside of the checkout, or stops it.",
  tools: ["Bash"],
  stops: ({ settings }) =>
    settings.workingDirectory.mode === "block" ? "commands that change something outside of this checkout" : undefined,
  async run({ tool_input: { command } }, context) {
    if (typeof command !== "string") return undefined;
    const grounds = groundsOf(context);
    if (isOnGrounds(realPathOf(context.place.cwd), grounds) && !mayWrite(command) && !mayHold(command, (word) => leaving.has(word)))
      return undefined;
    const { commands } = await context.commandsIn(command);
    const away = firstAway(commands, grounds, context);
    if (away === undefined) return undefined;
    return context.settings.workingDirectory.mode === "block" ? deny(away) : tell(away);
  },
};

/** It may be read when the command has run already: Claude Code puts a warning beside its output. */
function firstAway(commands: readonly ShellCommand[], grounds: Grounds, context: Context): string | undefined {
  for (const command of commands) {
    const folder = gitCallOf(command)?.folder ?? command.folder;
    if (folder !== undefined && !onlyReads(command) && !isOnGrounds(realPathOf(folder), grounds)) {
      const back = `cd '${context.place.project.replaceAll("'", "'\\''")}'`;
      return `${inOneLine(command.program ?? "this")} runs in ${inOneLine(folder)}, ${outside(grounds)} Go back with ${back}. ${permission}`;
    }
    const file = filesWrittenBy(command).find((path) => !isOnGrounds(realPathOf(path), grounds));
    if (file !== undefined) {
      return `${inOneLine(file)} is written, ${outside(grounds)} Write below it or below ${grounds.temporary[0]}. ${permission}`;
    }
  }
  return undefined;
}

const outside = ({ project }: Grounds): string => `outside of this checkout (${project}).`;

const permission = "Where this is meant, a person can name the folder in hooks.workingDirectory.roots of config/nextrust.yml.";
