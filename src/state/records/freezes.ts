import type { Kysely } from "kysely";
import type { Freezes } from "../../pipeline/freezes.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyFreezes(db: Kysely<RecordTables>): Freezes {
  return {
    async find(repository) {
      const row = await db.selectFrom("freezes").selectAll().where("key", "=", repository.toLowerCase()).executeTakeFirst();
      return (
        row && {
          repository: row.repository,
          by: row.by,
          intent: row.intent,
          since: row.since,
          ...(row.reason !== null && { reason: row.reason }),
        }
      );
    },

    async put({ repository, by, intent, since, reason = null }) {
      const row = { repository, by, intent, since, reason };
      await db
        .insertInto("freezes")
        .values({ key: repository.toLowerCase(), ...row })
        .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
        .execute();
    },

    async remove(repository) {
      const { numDeletedRows } = await db.deleteFrom("freezes").where("key", "=", repository.toLowerCase()).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}
