import { type Kysely, sql } from "kysely";
import type { Ledger } from "../../pipeline/usage/ledger.ts";
import type { Provider } from "../../pipeline/usage/usage.ts";
import type { RecordTables } from "./tables.ts";
import { appendUsage } from "./usage-append.ts";
import { costParts, fits, joined, sumUsage } from "./usage-sums.ts";

export function kyselyLedger(db: Kysely<RecordTables>): Ledger {
  return {
    append: (entries, onMoved) => appendUsage(db, entries, onMoved),

    async retract(sumOf) {
      await db.updateTable("usage_entries").set({ is_covered: 1 }).where("sum_of", "=", sumOf).execute();
    },

    sums: (query, by, zone) => sumUsage(db, query, by, zone),

    async meteredPico(query) {
      const { high, low } = await db
        .selectFrom("usage_entries")
        .select(costParts)
        .where(fits(query))
        .where("basis", "=", "metered")
        .executeTakeFirstOrThrow();
      return joined(high, low);
    },

    async count(query) {
      const { requests, lastAt } = await db
        .selectFrom("usage_entries")
        .select((row) => [row.fn.countAll<number>().as("requests"), row.fn.max("at").as("lastAt")])
        .where(fits(query))
        .executeTakeFirstOrThrow();
      return { requests: Number(requests), ...(lastAt !== null && { lastAt: Number(lastAt) }) };
    },

    async countSessions(query, most) {
      const some = db
        .selectFrom("usage_entries")
        .select("session")
        .distinct()
        .where(fits(query))
        .where("session", "is not", null)
        .limit(most);
      const { sessions } = await db
        .selectFrom(some.as("some"))
        .select((row) => row.fn.countAll<number>().as("sessions"))
        .executeTakeFirstOrThrow();
      return Number(sessions);
    },

    modelNames: () => modelNames(db),

    async unpriced(query) {
      const rows = await db
        .selectFrom("usage_entries")
        .select((row) => [
          "model",
          "provider",
          row.fn.countAll<number>().as("requests"),
          row.fn.sum<number>("uncached_in").as("in"),
          row.fn.sum<number>("cache_read").as("read"),
          row.fn.sum<number>("cache_write_5m").as("written5m"),
          row.fn.sum<number>("cache_write_1h").as("written1h"),
          row.fn.sum<number>("out").as("outTokens"),
        ])
        .where(fits(query))
        .where("cost_pico", "is", null)
        .groupBy(["model", "provider"])
        .execute();
      return rows
        .map((row) => ({
          model: row.model,
          provider: row.provider as Provider,
          tokens: Number(row.in) + Number(row.read) + Number(row.written5m) + Number(row.written1h) + Number(row.outTokens),
          requests: Number(row.requests),
        }))
        .toSorted((one, other) => other.tokens - one.tokens);
    },
  };
}

/** From each name to the next one in the index, instead of over all requests. */
async function modelNames(db: Kysely<RecordTables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    WITH RECURSIVE names (name) AS (
      SELECT MIN(model) FROM usage_entries
      UNION ALL
      SELECT (SELECT MIN(model) FROM usage_entries WHERE model > names.name) FROM names WHERE names.name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL`.execute(db);
  return rows.map(({ name }) => name);
}
