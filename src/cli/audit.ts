import { Command, InvalidArgumentError, Option } from "commander";
import type { Format } from "../commands/audit/export.ts";
import { UserError } from "../errors.ts";
import type { AuditFilter, AuditRow, AuditSearch } from "../pipeline/audit.ts";
import { outcomes } from "../reply.ts";

interface Options {
  readonly actor?: string;
  readonly command?: string;
  readonly outcome?: (typeof outcomes)[number];
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly format: "table" | Format;
  readonly file?: string;
}

const usualRows = 20;
const pageRows = 1_000;

export const audit = new Command("audit")
  .description("Show who asked the bot for what, and how it ended; also while it runs.")
  .argument("[target]", "owner/repo@ or owner/repo#12; everything when absent")
  .option("--actor <who>", "a login, a Slack name, the numeric id of a GitHub account, or the id of a person in Slack")
  .option("--command <name>", "a command: retry-job")
  .addOption(new Option("--outcome <outcome>", "how it ended").choices([...outcomes]))
  .option("--since <time>", "30m, 24h, 7d or 2w ago, 2026-11-01 (UTC), or 2026-11-01T09:00Z")
  .option("--until <time>", "as --since; a day counts to its end")
  .option("--limit <rows>", `the newest so many (default: ${usualRows} as a table, else all)`, toLimit)
  .addOption(new Option("--format <format>", "how to print it").choices(["table", "json", "csv"]).default("table"))
  .option("--file <file>", "the state file (default: nextrust.db in NEXTRUST_DATA_DIR)")
  .action(async (target: string | undefined, options: Options) => {
    const filter = await readFilter(target, options);
    const { readAudit, stateFile, secrets } = await open(options.file);
    const reader = await readAudit(stateFile);
    try {
      const { format, limit = format === "table" ? usualRows : Number.POSITIVE_INFINITY } = options;
      const { rows, more } = await read(reader, filter, limit);
      process.stdout.write(await print(rows, more, format, secrets));
    } finally {
      reader.close();
    }
  });

async function readFilter(word: string | undefined, options: Options): Promise<AuditFilter> {
  const [{ parseTarget }, { parseWhen }, { parseWho }, { toFilter }] = await Promise.all([
    import("../commands/grammar/target.ts"),
    import("../commands/audit/when.ts"),
    import("../commands/audit/who.ts"),
    import("../commands/audit/filter.ts"),
  ]);
  const { repository, pullRequest, ref } = word === undefined ? {} : parseTarget(word);
  if (word !== undefined && (!repository || ref !== undefined))
    throw problem("Name a repository or a pull request: owner/repo@ or owner/repo#12");
  const { actor, command, outcome, since, until } = options;
  const who = actor === undefined ? undefined : parseWho(actor);
  if (who === "me") throw problem("A terminal does not know who you are: name a login, a Slack name or an id.");
  const asked = {
    ...(who && { actor: who }),
    ...(command !== undefined && { command: command.toLowerCase() }),
    ...(outcome !== undefined && { outcome }),
    ...(since !== undefined && { since: parseWhen("--since", since) }),
    ...(until !== undefined && { until: parseWhen("--until", until) }),
  };
  return {
    ...toFilter(asked, undefined, Date.now()),
    ...(repository !== undefined && { repository }),
    ...(pullRequest !== undefined && { pullRequest }),
  };
}

/** A terminal's composition root: where the state is, and what must not be shown. */
async function open(file: string | undefined) {
  const [{ readAudit }, { stateFileOf }, { readEnvironment }, { presentIn }, { secretsIn }] = await Promise.all([
    import("../state/embedded/read-audit.ts"),
    import("../config/config.ts"),
    import("../config/environment.ts"),
    import("../config/present.ts"),
    import("../config/secrets-of.ts"),
  ]);
  const read = readEnvironment(presentIn(process.env));
  if ("problems" in read) throw problem(read.problems.join("\n"));
  const { environment } = read;
  return { readAudit, stateFile: file ?? stateFileOf(environment), secrets: secretsIn(environment) };
}

async function read(reader: AuditSearch, filter: AuditFilter, limit: number): Promise<{ rows: readonly AuditRow[]; more: number }> {
  const rows: AuditRow[] = [];
  let more = 0;
  do {
    const last = rows.at(-1);
    const page = await reader.search(filter, { limit: Math.min(pageRows, limit - rows.length), ...(last && { before: last.id }) });
    rows.push(...page.rows);
    more = page.more;
  } while (more > 0 && rows.length < limit);
  return { rows, more };
}

async function print(rows: readonly AuditRow[], more: number, format: Options["format"], secrets: readonly string[]): Promise<string> {
  if (format !== "table") {
    const { exportRows } = await import("../commands/audit/export.ts");
    return exportRows(rows, format, secrets, Number.POSITIVE_INFINITY).content;
  }
  if (rows.length === 0) return "Nothing in the audit fits.\n";
  const [{ renderTerminal }, { auditTable }, { done }] = await Promise.all([
    import("../bot/render/terminal.ts"),
    import("../commands/audit/table.ts"),
    import("../reply.ts"),
  ]);
  const note = more > 0 ? { more: `${more} more: narrow it, or raise --limit.` } : {};
  return renderTerminal(done("listed", { ...auditTable(rows, secrets, true), ...note }));
}

function toLimit(typed: string): number {
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}

const problem = (sentence: string): UserError => new UserError("invalid", "bad_arguments", sentence);
