import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from "kysely";
import { daysIn } from "../../pipeline/usage/days-in.ts";
import type { UsageKey, UsageQuery, UsageSum, UsageTotal } from "../../pipeline/usage/ledger.ts";
import { type Basis, bases } from "../../pipeline/usage/usage.ts";
import type { RecordTables } from "./tables.ts";

type Db = Kysely<RecordTables>;
type ColumnKey = Exclude<UsageKey, "day">;
type Entries = ExpressionBuilder<RecordTables, "usage_entries">;

/** No sum of amounts fits 2^53, and a large one not 2^63 either: each is added up in two parts, which are put together exactly. */
export const part = 1_000_000;

const columns = {
  model: "model",
  provider: "provider",
  service: "service",
  basis: "basis",
  phase: "phase",
  actor: "actor",
  session: "session",
} as const;

const isNoDay = (key: UsageKey): key is ColumnKey => key !== "day";

/** What fits the query, but sums that gave way to their requests. */
export const fits =
  (query: UsageQuery) =>
  (row: Entries): Expression<SqlBool> => {
    const { since, until, session, repository, pullRequest, runIds, model, models, service, reservation } = query;
    return row.and([
      row("is_covered", "=", 0),
      ...(since === undefined ? [] : [row("at", ">=", since)]),
      ...(until === undefined ? [] : [row("at", "<", until)]),
      ...(session === undefined ? [] : [row("session", "=", session)]),
      ...(repository === undefined ? [] : [row("repository_key", "=", repository.toLowerCase())]),
      ...(pullRequest === undefined ? [] : [row("pull_request", "=", pullRequest)]),
      ...(runIds === undefined ? [] : [row("run_id", "in", [...runIds])]),
      ...(model === undefined ? [] : [row("model", "=", model)]),
      ...(models === undefined ? [] : [row("model", "in", [...models])]),
      ...(service === undefined ? [] : [row("service", "=", service)]),
      ...(reservation === undefined ? [] : [row("reservation", "=", reservation)]),
    ]);
  };

/** See Ledger.sums. */
export async function sumUsage(db: Db, query: UsageQuery, by: readonly UsageKey[], zone?: string): Promise<readonly UsageSum[]> {
  return (await addUpBy(db, query, by, zone, [countSessions])) as readonly UsageSum[];
}

/** The same without the number of sessions. */
export const totalUsage = (db: Db, query: UsageQuery, by: readonly UsageKey[], zone?: string): Promise<readonly UsageTotal[]> =>
  addUpBy(db, query, by, zone, []);

const countSessions = sql<number>`COUNT(DISTINCT session)`.as("sessions");
type More = readonly (typeof countSessions)[];

async function addUpBy(db: Db, query: UsageQuery, by: readonly UsageKey[], zone = "UTC", more: More): Promise<readonly UsageTotal[]> {
  const sums = by.every(isNoDay) ? await byOthers(db, query, by.filter(isNoDay), more) : await byDay(db, query, by, zone, more);
  return sums.toSorted(dearestFirst);
}

/** Days have 23 to 25 hours on the clocks of people: each is a query of its own. */
async function byDay(db: Db, query: UsageQuery, by: readonly UsageKey[], zone: string, more: More): Promise<readonly UsageTotal[]> {
  const bounds = await db
    .selectFrom("usage_entries")
    .select((row) => [row.fn.min("at").as("first"), row.fn.max("at").as("last")])
    .where(fits(query))
    .executeTakeFirstOrThrow();
  if (bounds.first === null) return [];
  const others = by.filter(isNoDay);
  const place = by.indexOf("day");
  const found: UsageTotal[] = [];
  for (const { day, from, to } of daysIn(Number(bounds.first), Number(bounds.last) + 1, zone)) {
    const since = Math.max(from, query.since ?? from);
    const until = Math.min(to, query.until ?? to);
    const sums = await byOthers(db, { ...query, since, until }, others, more);
    found.push(...sums.map((sum) => ({ ...sum, group: sum.group.toSpliced(place, 0, day) })));
  }
  return found;
}

async function byOthers(db: Db, query: UsageQuery, by: readonly ColumnKey[], more: More): Promise<readonly UsageTotal[]> {
  const grouped = by.flatMap((key) => (key === "pr" ? (["repository_key", "pull_request"] as const) : [columns[key]]));
  const rows = await db
    .selectFrom("usage_entries")
    .select([...grouped])
    .select((row) => [
      row.fn.max("repository").as("repository"),
      row.fn.countAll<number>().as("requests"),
      ...more,
      row.fn.sum<number>("uncached_in").as("uncachedIn"),
      row.fn.sum<number>("cache_read").as("cacheRead"),
      row.fn.sum<number>("cache_write_5m").as("cacheWrite5m"),
      row.fn.sum<number>("cache_write_1h").as("cacheWrite1h"),
      row.fn.sum<number>("out").as("outTokens"),
      row.fn.sum<number>("reasoning").as("reasoning"),
      sql<number>`COALESCE(SUM(CASE WHEN cost_pico IS NULL THEN uncached_in + cache_read + cache_write_5m + cache_write_1h + out END), 0)`.as(
        "unpriced",
      ),
      ...(by.includes("basis") ? costParts : costPartsByBasis),
      row.fn.min("at").as("firstAt"),
      row.fn.max("at").as("lastAt"),
    ])
    .where(fits(query))
    .$if(grouped.length > 0, (all) => all.groupBy([...grouped]))
    .execute();
  return rows.filter(({ requests }) => Number(requests) > 0).map((row) => toSum(row as unknown as Row, by));
}

/** The parts of what requests of one basis cost, for one sum. */
export const costParts = [
  sql<number>`COALESCE(SUM(cost_pico / ${sql.lit(part)}), 0)`.as("high"),
  sql<number>`COALESCE(SUM(cost_pico % ${sql.lit(part)}), 0)`.as("low"),
] as const;

const costPartsByBasis = bases.flatMap((basis) => [
  sql<number>`COALESCE(SUM(CASE WHEN basis = ${sql.lit(basis)} THEN cost_pico / ${sql.lit(part)} END), 0)`.as(`${basis}High`),
  sql<number>`COALESCE(SUM(CASE WHEN basis = ${sql.lit(basis)} THEN cost_pico % ${sql.lit(part)} END), 0)`.as(`${basis}Low`),
]);

type Row = Readonly<Record<string, number | string | null>>;

function toSum(row: Row, by: readonly ColumnKey[]): UsageTotal {
  const number = (name: string) => Number(row[name]);
  const { repository, pull_request } = row;
  const costOf = (basis: Basis) => {
    if (!by.includes("basis")) return joined(row[`${basis}High`], row[`${basis}Low`]);
    return row.basis === basis ? joined(row.high, row.low) : 0n;
  };
  const named = (key: ColumnKey) => {
    if (key !== "pr") return row[columns[key]] === null ? undefined : String(row[columns[key]]);
    return pull_request === null || repository === null ? undefined : `${repository}#${pull_request}`;
  };
  return {
    group: by.map(named),
    requests: number("requests"),
    ...(row.sessions !== undefined && { sessions: number("sessions") }),
    tokens: {
      uncachedIn: number("uncachedIn"),
      cacheRead: number("cacheRead"),
      cacheWrite5m: number("cacheWrite5m"),
      cacheWrite1h: number("cacheWrite1h"),
      out: number("outTokens"),
      reasoning: number("reasoning"),
    },
    costPico: { metered: costOf("metered"), subscription: costOf("subscription"), free: costOf("free") },
    unpricedTokens: number("unpriced"),
    firstAt: number("firstAt"),
    lastAt: number("lastAt"),
  };
}

type Part = number | string | null | undefined;

/** The one place where money is read from a database. */
export const joined = (high: Part, low: Part): bigint => BigInt(high ?? 0) * BigInt(part) + BigInt(low ?? 0);

const wholeOf = ({ costPico: { metered, subscription } }: UsageTotal): bigint => metered + subscription;

function dearestFirst(one: UsageTotal, other: UsageTotal): number {
  const difference = wholeOf(other) - wholeOf(one);
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return other.requests - one.requests || one.group.join(" ").localeCompare(other.group.join(" "), "en");
}
