import { UserError } from "../errors.ts";
import type { AuditActor, AuditFilter } from "../pipeline/audit.ts";
import { type Action, done, type FilePart, type Part, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { exportRows, type Format, mostExported } from "./audit/export.ts";
import { type Asked, takeFilter, toFilter } from "./audit/filter.ts";
import { readRows } from "./audit/read-rows.ts";
import { auditTable } from "./audit/table.ts";
import { type Actor, type Context, defineCommand, type Target } from "./command.ts";

const usualRows = 20;
/** As many as a message in Slack holds, however long they are. */
const mostRows = 50;

interface Input extends Asked {
  /** Absent: the usual page, or all that a file holds. */
  readonly limit?: number;
  /** The page goes on behind the row of this id. */
  readonly before?: number;
  readonly format?: Format;
  /** The filters as typed, for the button that turns the page. */
  readonly typed: readonly string[];
}

type Needs = Pick<Services, "records" | "links" | "secrets" | "now">;

export const audit = defineCommand({
  name: "audit",
  usage: "[#pr] [actor=name|id|me] [command=…] [outcome=…] [since=7d] [until=…] [limit=20] [--csv|--json]",
  summary: "Show who asked the bot for what in this repository, and how it ended.",
  examples: [
    { args: "", does: "the last 20 commands", canBeTried: true },
    { args: "#12 since=7d", does: "what was asked on one pull request within a week" },
    { args: "actor=me since=7d", does: "what you asked for yourself", canBeTried: true },
    { args: "actor=ada command=retry-job", does: "somebody's retries" },
    { args: "outcome=refused since=2026-11-01", does: "what was refused since a day (UTC)" },
    { args: "--csv", does: "everything, as a file" },
  ],
  role: "write",
  isInternal: true,
  parse(args): Input {
    const isCsv = args.switch("csv");
    const isJson = args.switch("json");
    if (isCsv && isJson) throw new UserError("invalid", "two_formats", "It is either --csv or --json.");
    const limit = args.pair("limit");
    const before = args.pair("before");
    const format = isCsv ? "csv" : isJson ? "json" : undefined;
    return {
      ...takeFilter(args),
      ...(limit !== undefined && { limit: toNumber("limit", limit, format ? mostExported : mostRows) }),
      ...(before !== undefined && { before: toNumber("before", before, Number.MAX_SAFE_INTEGER) }),
      ...(format && { format }),
      typed: args.typed.filter((word) => !word.startsWith("before=")),
    };
  },
  targetOf: ({ target }) => target,

  async run(input, context, services: Needs): Promise<Reply> {
    // Somebody with a role on one repository learns nothing of another: the rows are those of the repository that was authorised.
    const { repository, pullRequest } = context.target as Target;
    const isNamed = input.target?.pullRequest !== undefined;
    const me = input.actor === "me" ? await identitiesOf(context.actor, services) : undefined;
    const filter = { ...toFilter(input, me, services.now()), repository, ...(isNamed && pullRequest !== undefined && { pullRequest }) };
    const about = isNamed ? `${repository}#${pullRequest}` : repository;
    return input.format ? file(input.format, input, filter, about, services) : page(input, filter, about, context, services);
  },
});

async function page(input: Input, filter: AuditFilter, about: string, context: Context, { records, secrets }: Needs): Promise<Reply> {
  const { limit = usualRows, before, target, typed } = input;
  const { rows, more } = await records.transaction((tx) => tx.audit.search(filter, { limit, ...(before !== undefined && { before }) }));
  const last = rows.at(-1);
  if (!last) return done("nothing_found", text(`Nothing in the audit of ${about} fits.`));

  const table = {
    ...auditTable(rows, secrets),
    ...(more > 0 && { more: `${more} more: narrow it, by actor, command, outcome, since or until.` }),
  };
  // A button in Slack may stand where no repository, or another one, is spoken of.
  const place = target || context.actor.surface === "github" ? [] : [`${filter.repository}@`];
  const next: Action = { label: "Next page", command: ["audit", ...place, ...typed, `before=${last.id}`].join(" ") };
  return { ...done("listed", text(`Audit of ${about}, newest first:`), table), ...(more > 0 && { actions: [next] }) };
}

async function file(
  format: Format,
  { limit, before }: Input,
  filter: AuditFilter,
  about: string,
  { records, secrets, now }: Needs,
): Promise<Reply> {
  const { rows, more } = await readRows(filter, { limit: limit ?? mostExported, ...(before !== undefined && { before }) }, records);
  if (rows.length === 0) return done("nothing_found", text(`Nothing in the audit of ${about} fits.`));

  const { content, count } = exportRows(rows, format, secrets);
  const left = rows.length - count + more;
  const cut = left === 0 || count === limit ? "" : ` ${left} older ones did not fit: narrow it by until= to get them.`;
  const day = new Date(now()).toISOString().slice(0, 10);
  const part: FilePart = {
    kind: "file",
    name: `audit-${about.replaceAll(/[^\w.-]+/g, "-")}-${day}.${format}`,
    mediaType: format === "csv" ? "text/csv" : "application/json",
    content,
  };
  const parts: readonly Part[] = [text(`Audit of ${about}: ${count} ${count === 1 ? "command" : "commands"}, newest first.${cut}`), part];
  return done("exported", ...parts);
}

/** The asker on both surfaces. */
async function identitiesOf({ key, account }: Actor, { links }: Needs): Promise<AuditActor> {
  const slackUser = key.startsWith("slack:") ? key.split("/")[1] : account && (await links.slackUserOf(account.id));
  return { ...(account && { accountId: account.id }), ...(slackUser !== undefined && { slackUser }) };
}

function toNumber(name: string, typed: string, most: number): number {
  const number = /^\d{1,15}$/.test(typed) ? Number(typed) : 0;
  if (number > 0 && number <= most) return number;
  throw new UserError("invalid", "bad_value", `“${typed.slice(0, 60)}” is no ${name}: it is a whole number from 1 to ${most}.`);
}
