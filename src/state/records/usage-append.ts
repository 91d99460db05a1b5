import type { Kysely } from "kysely";
import type { Appended, LedgerEntry, Place } from "../../pipeline/usage/ledger.ts";
import { type Provider, sumsWith } from "../../pipeline/usage/usage.ts";
import type { RecordTables } from "./tables.ts";
import { coverSums } from "./usage-covered.ts";
import { placeColumns, toPlace } from "./usage-place.ts";
import { toUsageRow, type UsageRow } from "./usage-row.ts";

/** Of 27 columns each: both databases take some 32,000 parameters. */
const rowsAtOnce = 500;

type Db = Kysely<RecordTables>;
type OnMoved = (places: readonly Place[]) => void;

/** See Ledger.append. */
export async function appendUsage(db: Db, entries: readonly LedgerEntry[], onMoved: OnMoved = () => {}): Promise<readonly Appended[]> {
  const results: Appended[] = [];
  for (let at = 0; at < entries.length; at += rowsAtOnce)
    results.push(...(await appendSome(db, entries.slice(at, at + rowsAtOnce), onMoved)));
  return results;
}

async function appendSome(db: Db, entries: readonly LedgerEntry[], onMoved: OnMoved): Promise<readonly Appended[]> {
  const rows = entries.map(toUsageRow);
  const before = await alreadyThere(
    db,
    rows.map(({ id }) => id),
  );
  const best = new Map<string, UsageRow>();
  const results = rows.map((row): Appended => {
    const known = best.get(row.id)?.precedence ?? before.get(row.id)?.precedence;
    if (known !== undefined && known >= row.precedence) return "known";
    best.set(row.id, row);
    return known === undefined ? "recorded" : "amended";
  });
  const put = [...best.values()];
  if (put.length === 0) return results;

  await upsert(db, put);
  // An amended request may have left a session or day, whose sum then counts again.
  const left = put.flatMap(({ id }) => before.get(id) ?? []);
  const sums = [...put, ...left].flatMap((row) => [...sumsWith(toUsage(row)), ...(row.sum_of == null ? [] : [row.sum_of])]);
  const { covered, changed } = await coverSums(db, new Set(sums));
  onMoved([...left.map(toPlace), ...changed]);
  return results.map((result, index) => (result !== "known" && covered.has(rows[index]?.sum_of ?? "") ? "covered" : result));
}

async function alreadyThere(db: Db, ids: readonly string[]) {
  const rows = await db
    .selectFrom("usage_entries")
    .select(["id", "precedence", "provider", "sum_of", ...placeColumns])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const toUsage = ({ session, provider, at, sum_of }: Pick<UsageRow, "session" | "provider" | "at" | "sum_of">) => ({
  provider: provider as Provider,
  at: Number(at),
  ...(session != null && { session }),
  ...(sum_of != null && { sumOf: sum_of }),
});

async function upsert(db: Db, rows: readonly UsageRow[]): Promise<void> {
  const columns = Object.keys(rows[0] as UsageRow).filter((column) => column !== "id") as (keyof Omit<UsageRow, "id">)[];
  await db
    .insertInto("usage_entries")
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet((old) => Object.fromEntries(columns.map((column) => [column, old.ref(`excluded.${column}`)])))
        .whereRef("usage_entries.precedence", "<", "excluded.precedence" as never),
    )
    .execute();
}
