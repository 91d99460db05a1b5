import { homedir } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { stateFileIn, usualDataDir } from "../config/present.ts";
import { UserError } from "../errors.ts";
import type { Tally } from "../machine/import/tally.ts";
import type { Said } from "../machine/import/teller.ts";
import type { Remote } from "../machine/remote/client.ts";
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
    await tell(await importLines(found, transcriptReading(await toTeller(options)), await placeOf(options)), options);
  });

const ccusage = new Command("ccusage")
  .description("Read what `ccusage claude session --json` or `ccusage claude daily --json` printed: sums, until their requests are known.")
  .argument("<file>", "a file, or - for what is piped in")
  .action(async (file: string, options: Options) => {
    const [{ readCcusage }, { importUsages }] = await Promise.all([import("./import/ccusage.ts"), import("./import/run.ts")]);
    await tell(await importUsages(await readCcusage(file, await toTeller(options)), await placeOf(options)), options);
  });

const reference = new Command("reference")
  .description("Read token-usage-YYYYMM.jsonl and usage/*.jsonl, as older pipelines wrote them.")
  .argument("<path...>", "files or folders")
  .action(async (paths: readonly string[], options: Options) => {
    const [{ findRecords, recordReading }, { importLines }] = await Promise.all([
      import("./import/reference.ts"),
      import("./import/run.ts"),
    ]);
    await tell(await importLines(findRecords(paths), recordReading(await toTeller(options)), await placeOf(options)), options);
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

async function toTeller(options: Options) {
  if (options.pr !== undefined && (options.repository ?? variable("GITHUB_REPOSITORY")) === undefined)
    throw new UserError("invalid", "bad_arguments", "A pull request is of a repository: add --repository owner/name.");
  const { tellerOf } = await import("../machine/import/teller.ts");
  return tellerOf(options, process.env, Date.now());
}

/** A terminal's composition root: the bot, where both its address and a token are given, else the state file of this machine. */
async function placeOf({ file, again, dryRun, json }: Options): Promise<Place> {
  const stateFile = file ?? stateFileIn(variable("NEXTRUST_DATA_DIR") ?? usualDataDir);
  const bot = file === undefined ? await botOf(variable("NEXTRUST_URL"), variable("NEXTRUST_API_TOKEN")) : undefined;
  return {
    isWatched: process.stderr.isTTY === true && json !== true,

    async marks() {
      if (again) return new Map();
      const { ownLedger, readImportMarks } = await import("../state/embedded/import-marks.ts");
      return readImportMarks(stateFile, bot?.url ?? ownLedger);
    },

    async open() {
      if (dryRun) return (await import("../machine/import/own-ledger.ts")).nowhere(await readPrices());
      const [{ openImports }, { ownLedger }] = await Promise.all([
        import("../state/embedded/open-imports.ts"),
        import("../state/embedded/import-marks.ts"),
      ]);
      const { zone } = await (await import("../machine/money-of.ts")).moneyOf(variable("NEXTRUST_CONFIG"));
      if (bot === undefined) {
        const [{ ownLedgerIn }, prices] = await Promise.all([import("../machine/import/own-ledger.ts"), readPrices()]);
        return ownLedgerIn(await openImports(stateFile, zone), ownLedger, prices);
      }
      const { botLedger } = await import("../machine/import/bot-ledger.ts");
      const book = await openImports(stateFile, zone);
      return botLedger(bot, {
        async remember(marks) {
          await book.put([], bot.url, marks);
        },
        close: () => book.close(),
      });
    },
  };
}

async function botOf(url: string | undefined, tokens: string | undefined): Promise<Remote | undefined> {
  return url && tokens ? (await import("../machine/remote/open-remote.ts")).openRemote(url, tokens) : undefined;
}

async function readPrices() {
  const { bookOf } = await import("../machine/book-of.ts");
  return bookOf(variable("NEXTRUST_CONFIG"));
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
