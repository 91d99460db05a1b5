import { homedir } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../errors.ts";
import type { Tally } from "../machine/import/tally.ts";
import type { Said } from "../machine/import/teller.ts";
import type { Place } from "./import/run.ts";

interface Options extends Said {
  readonly file?: string;
  readonly again?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

const claude = new Command("claude")
  .description("Read transcripts of Claude Code: every request, once. Importing again reads only what is new.")
  .argument("[path...]", "files or folders (default: CLAUDE_CONFIG_DIR, or else ~/.claude and ~/.config/claude)")
  .action(async (paths: readonly string[], options: Options) => {
    const [{ findTranscripts, transcriptReading }, { importLines }] = await Promise.all([
      import("../machine/import/claude.ts"),
      import("./import/run.ts"),
    ]);
    const found = findTranscripts(paths, { home: homedir(), configured: variable("CLAUDE_CONFIG_DIR") });
    await tell(await importLines(found, transcriptReading(await toTeller(options)), await placeFor(options)), options);
  });

const ccusage = new Command("ccusage")
  .description("Read what `ccusage claude session --json` or `ccusage claude daily --json` printed: sums, until their requests are known.")
  .argument("<file>", "a file, or - for what is piped in")
  .action(async (file: string, options: Options) => {
    const [{ readCcusage }, { importUsages }] = await Promise.all([import("./import/ccusage.ts"), import("./import/run.ts")]);
    await tell(await importUsages(await readCcusage(file, await toTeller(options)), await placeFor(options)), options);
  });

const reference = new Command("reference")
  .description("Read token-usage-YYYYMM.jsonl and usage/*.jsonl, as older pipelines wrote them.")
  .argument("<path...>", "files or folders")
  .action(async (paths: readonly string[], options: Options) => {
    const [{ findRecords, recordReading }, { importLines }] = await Promise.all([
      import("./import/reference.ts"),
      import("./import/run.ts"),
    ]);
    await tell(await importLines(findRecords(paths), recordReading(await toTeller(options)), await placeFor(options)), options);
  });

/** `import` is a word of the language. */
export const importUsage = new Command("import")
  .helpCommand(false)
  .description("Put what was spent elsewhere into the ledger: transcripts, ccusage, older records. Alone it is `import claude`.");

for (const source of [claude, ccusage, reference]) {
  source
    .addOption(
      new Option("--basis <basis>", "who pays: the transcripts do not say whether it was an API key (metered) or a subscription")
        .choices(["metered", "subscription"])
        .default("metered"),
    )
    .option("--actor <name>", "who it was, where the file does not say (default: this account)", toName)
    .option("--repository <owner/name>", "what it was for (default: in GitHub Actions its repository)", toRepository)
    .option("--pr <number>", "the pull request that it was for (default: in GitHub Actions that of the workflow)", toNumber)
    .option("--file <file>", "the state file (default: nextrust.db in NEXTRUST_DATA_DIR), also where NEXTRUST_URL names a bot")
    .option("--again", "read files anew that were read before; what is known stays as it is")
    .option("--dry-run", "read everything and write nothing")
    .option("--json", "print the summary as JSON");
  importUsage.addCommand(source.exitOverride().showHelpAfterError("Try --help."), { isDefault: source === claude });
}

const variable = (name: string): string | undefined => process.env[name]?.trim() || undefined;

const placeFor = async (options: Options): Promise<Place> =>
  (await import("./import/place-of.ts")).placeOf(
    { ...options, isWatched: process.stderr.isTTY === true && options.json !== true },
    variable,
  );

async function toTeller(options: Options) {
  if (options.pr !== undefined && (options.repository ?? variable("GITHUB_REPOSITORY")) === undefined)
    throw new UserError("invalid", "bad_arguments", "A pull request is of a repository: add --repository owner/name.");
  const { tellerOf } = await import("../machine/import/teller.ts");
  return tellerOf(options, process.env, Date.now());
}

async function tell(tally: Tally, { json, dryRun }: Options): Promise<void> {
  const { renderSummary, summaryJson } = await import("./import/summary.ts");
  process.stdout.write(json ? summaryJson(tally, dryRun === true) : renderSummary(tally, dryRun === true));
  if (tally.unreadable.length > 0 || tally.requests.refused > 0) process.exitCode = 1;
}

function toName(typed: string): string {
  if (typed.trim() !== "" && typed.length <= 100) return typed.trim();
  throw new InvalidArgumentError("It is a login or the name of an account.");
}

function toRepository(typed: string): string {
  if (/^[\w.-]{1,39}\/[\w.-]{1,100}$/.test(typed)) return typed;
  throw new InvalidArgumentError("It is of the form owner/name.");
}

function toNumber(typed: string): number {
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError("It is the number of a pull request: 12.");
}
