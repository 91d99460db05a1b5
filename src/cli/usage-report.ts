import { delimiter } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Command, Option } from "commander";
import { ServiceError, UserError } from "../errors.ts";
import { moneyOf } from "../machine/money-of.ts";
import type { PicoUsd } from "../pipeline/usage/money.ts";
import { type Format, formats, type MinutesSaved, toDays, toHourlyRate, toLimit, toMinutes, toZone } from "./usage-report/options.ts";
import type { Grouping } from "./usage-report/report.ts";
import type { UsageSource } from "./usage-report/source.ts";

interface Options {
  readonly days: number;
  readonly since?: string;
  readonly until?: string;
  readonly zone?: string;
  readonly groupBy: Grouping;
  readonly limit?: number;
  readonly format: Format;
  readonly outputFormat?: Format;
  readonly output?: string;
  readonly check?: true | string;
  readonly hourlyRate: PicoUsd;
  readonly minutesSaved: MinutesSaved;
  readonly file?: string;
}

const usualRows = 20;
/** `--check` ends with 1 when a difference is unexplained, so what keeps it from looking ends with 2. */
const trouble = 2;
const groupNames: readonly Grouping[] = ["model", "phase", "user", "service", "pr", "session", "provider", "day"];
const usualRate: PicoUsd = 120n * 10n ** 12n;
const usualMinutes: MinutesSaved = [10, 30, 45];

export const usageReport = new Command("usage-report")
  .description("Show what models were used for and what it cost, from the state on this machine or from a bot (NEXTRUST_URL).")
  .addOption(new Option("--days <days>", "the last so many days of 24 hours").argParser(toDays).default(7))
  .option("--since <time>", "instead of --days: 30m, 24h, 7d or 2w ago, 2026-11-01, or 2026-11-01T09:00Z")
  .option("--until <time>", "as --since; a day counts to its end")
  .option("--zone <zone>", "the time zone of days (default: budgets.zone of the settings, else UTC)", toZone)
  .addOption(new Option("--group-by <key>", "what is added up").choices(groupNames).default("model"))
  .option("--limit <groups>", `the dearest so many, the rest in one line (default: ${usualRows} as a table, else all)`, toLimit)
  .addOption(new Option("--format <format>", "how to print it").choices([...formats]).default("table"))
  .addOption(new Option("--output-format <format>", "the same").choices([...formats]))
  .option("--output <file>", "write it to a file")
  .addOption(
    new Option("--hourly-rate <usd>", "what an hour of a person costs, for the estimate in html")
      .argParser(toHourlyRate)
      .default(usualRate, "120"),
  )
  .addOption(
    new Option("--minutes-saved <low,mid,high>", "what a session saves a person, for the same")
      .argParser(toMinutes)
      .default(usualMinutes, usualMinutes.join(",")),
  )
  .addOption(
    new Option(
      "--check [file]",
      "compare all sessions with ccusage, run here or recorded in a file; ends with 1 when a difference is unexplained, and with 2 when it could not look",
    ).conflicts(["since", "until", "groupBy", "limit"]),
  )
  .option("--file <file>", "the state file (default: nextrust.db in NEXTRUST_DATA_DIR)")
  .action(async (options: Options) => {
    try {
      await report(options);
    } catch (error) {
      if (options.check === undefined || !(error instanceof UserError || error instanceof ServiceError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = trouble;
    }
  });

async function report(options: Options): Promise<void> {
  const { source, zone } = await open(options);
  try {
    const printed = options.check === undefined ? await print(source, zone, options) : await check(source, options);
    await write(printed, options.output);
  } finally {
    source.close();
  }
}

/** A terminal's composition root: which ledger, and whose days. */
async function open({ file, zone }: Options): Promise<{ source: UsageSource; zone: string }> {
  const { presentIn, stateFileIn } = await import("../config/present.ts");
  const present = presentIn(process.env);
  const source =
    file === undefined && present.NEXTRUST_URL !== undefined && present.NEXTRUST_API_TOKEN !== undefined
      ? await openRemoteSource(present.NEXTRUST_URL, present.NEXTRUST_API_TOKEN)
      : await openLocal(file ?? stateFileIn(present.NEXTRUST_DATA_DIR), await transcriptFolders());
  return { source, zone: zone ?? (await moneyOf(present.NEXTRUST_CONFIG)).zone };
}

async function openRemoteSource(url: string, tokens: string): Promise<UsageSource> {
  const [{ remoteSource }, { openRemote }] = await Promise.all([
    import("./usage-report/remote-source.ts"),
    import("../machine/remote/open-remote.ts"),
  ]);
  return remoteSource(openRemote(url, tokens));
}

async function openLocal(file: string, transcripts: readonly string[]): Promise<UsageSource> {
  const [{ localSource }, { readLedger }] = await Promise.all([
    import("./usage-report/local-source.ts"),
    import("../state/embedded/read-ledger.ts"),
  ]);
  return localSource(file, transcripts, readLedger);
}

async function transcriptFolders(): Promise<readonly string[]> {
  const { transcriptFolders } = await import("./usage-report/transcript-folders.ts");
  return transcriptFolders(process.env.CLAUDE_CONFIG_DIR);
}

async function print(source: UsageSource, zone: string, options: Options): Promise<string> {
  const { format: named, outputFormat, groupBy: by, limit } = options;
  const format = outputFormat ?? named;
  const [{ makeReport }, { toSpan }] = await Promise.all([import("./usage-report/report.ts"), import("./usage-report/span.ts")]);
  const now = Date.now();
  const report = await makeReport(source, { by, span: toSpan(options, zone, now), zone, now });
  switch (format) {
    case "json":
      return (await import("./usage-report/to-json.ts")).toJson(report, limit ?? Number.POSITIVE_INFINITY);
    case "csv":
      return (await import("./usage-report/to-csv.ts")).toCsv(report, limit ?? Number.POSITIVE_INFINITY);
    case "table":
      return (await import("./usage-report/to-table.ts")).toTable(report, limit ?? usualRows, columnsFor(options));
    case "html": {
      const [{ readDetails }, { renderPage }] = await Promise.all([
        import("./usage-report/details.ts"),
        import("./usage-report/html/page.ts"),
      ]);
      const { hourlyRate: hourlyPico, minutesSaved } = options;
      return renderPage(report, await readDetails(source, report), { hourlyPico, minutesSaved }, { limit: limit ?? usualRows, now });
    }
  }
}

async function check(source: UsageSource, options: Options): Promise<string> {
  const { check: file, format, outputFormat } = options;
  const wanted = outputFormat ?? format;
  if (wanted === "csv" || wanted === "html") throw problem("--check prints a table or JSON: leave --format out, or take --format json.");
  const { checkAgainstCcusage } = await import("./usage-report/check/check.ts");
  const { printed, isExplained } = await checkAgainstCcusage(source, {
    file: file === true ? undefined : file,
    transcripts: await transcriptFolders(),
    path: `node_modules/.bin${delimiter}${process.env.PATH ?? ""}`,
    book: (await import("../machine/book-of.ts")).bookOf((await import("../config/present.ts")).presentIn(process.env).NEXTRUST_CONFIG),
    format: wanted,
    columns: columnsFor(options),
  });
  if (!isExplained) process.exitCode = 1;
  return printed;
}

/** A file is as wide as it needs to be. */
const columnsFor = ({ output }: Options): number | undefined => (output === undefined ? process.stdout.columns : Number.POSITIVE_INFINITY);

async function write(printed: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(printed);
    return;
  }
  const { writeFile } = await import("node:fs/promises");
  // Colours are for the terminal that it was not printed on.
  await writeFile(file, stripVTControlCharacters(printed)).catch((error: Error) => {
    throw problem(`${file} cannot be written: ${error.message}`);
  });
  process.stdout.write(`The report is in ${file}.\n`);
}

const problem = (sentence: string): UserError => new UserError("invalid", "bad_arguments", sentence);
