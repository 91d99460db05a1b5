import type { Kysely } from "kysely";
import type { Place } from "../../pipeline/usage/ledger.ts";
import type { RecordTables } from "./tables.ts";
import { placeColumns, toPlace } from "./usage-place.ts";

const dayMs = 24 * 60 * 60_000;

type Db = Kysely<RecordTables>;

interface Decided {
  /** The sums that do not count. */
  readonly covered: ReadonlySet<string>;
  /** Where one counts now that did not, or no more. */
  readonly changed: readonly Place[];
}

/** Decides anew which of these sums count, after what they are of has changed. */
export async function coverSums(db: Db, sums: ReadonlySet<string>): Promise<Decided> {
  if (sums.size === 0) return { covered: sums, changed: [] };
  const present = await db
    .selectFrom("usage_entries")
    .select("sum_of")
    .distinct()
    .where("sum_of", "in", [...sums])
    .execute();
  const covered = new Set<string>();
  const changed: Place[] = [];
  for (const { sum_of } of present) {
    if (sum_of === null) continue;
    const gaveWay = await isCovered(db, sum_of);
    if (gaveWay) covered.add(sum_of);
    const isCoveredNow = gaveWay ? 1 : 0;
    const rows = await db
      .updateTable("usage_entries")
      .set({ is_covered: isCoveredNow })
      .where("sum_of", "=", sum_of)
      .where("is_covered", "<>", isCoveredNow)
      .returning(placeColumns)
      .execute();
    changed.push(...rows.map(toPlace));
  }
  return { covered, changed };
}

/** Whether what a sum is of is in the ledger: for a session its requests, for a day also the sums of its sessions. */
async function isCovered(db: Db, sumOf: string): Promise<boolean> {
  const [kind, ...rest] = sumOf.split(":");
  const parts = db.selectFrom("usage_entries").select("id").limit(1);
  // A session's name may hold colons.
  if (kind === "session")
    return (await parts.where("session", "=", rest.join(":")).where("sum_of", "is", null).executeTakeFirst()) !== undefined;
  if (kind !== "day") return false;

  const [provider = "", day = ""] = rest;
  const from = Date.parse(day);
  const found = await parts
    .where("at", ">=", from)
    .where("at", "<", from + dayMs)
    .where("provider", "=", provider)
    .where((row) => row.or([row("sum_of", "is", null), row("sum_of", "like", "session:%")]))
    .executeTakeFirst();
  return found !== undefined;
}
