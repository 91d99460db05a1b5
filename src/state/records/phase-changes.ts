import type { Kysely } from "kysely";
import type { PhaseChange, PhaseChanges } from "../../pipeline/phases/phase-changes.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyPhaseChanges(db: Kysely<RecordTables>): PhaseChanges {
  return {
    async latest(repository, limit) {
      const rows = await db
        .selectFrom("phase_changes")
        .selectAll()
        .where("key", "=", repository.toLowerCase())
        .orderBy("number", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        repository: row.repository,
        number: row.number,
        kind: row.kind as PhaseChange["kind"],
        from: row.from_phase,
        to: row.to_phase,
        actor: row.actor,
        actorName: row.actor_name,
        at: row.changed_at,
        ...(row.reason !== null && { reason: row.reason }),
      }));
    },

    async add({ repository, number, kind, from, to, actor, actorName, at, reason = null }) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto("phase_changes")
        .values({
          key: repository.toLowerCase(),
          number,
          repository,
          kind,
          from_phase: from,
          to_phase: to,
          actor,
          actor_name: actorName,
          changed_at: at,
          reason,
        })
        .onConflict((conflict) => conflict.columns(["key", "number"]).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows > 0n;
    },
  };
}
