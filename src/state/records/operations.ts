import type { Kysely } from "kysely";
import type { Operation, Operations } from "../../pipeline/operations/operations.ts";
import type { RecordTables } from "./tables.ts";

/** GitHub's names ignore case. */
const keyOf = (repository: string): string => repository.toLowerCase();

export function kyselyOperations(db: Kysely<RecordTables>, now: () => number): Operations {
  return {
    async put(operation) {
      const row = toRow(operation, now());
      await db
        .insertInto("operations")
        .values({ id: operation.id, asked_at: operation.askedAt, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },

    async replace(before, after) {
      const { numUpdatedRows } = await db
        .updateTable("operations")
        .set(toRow(after, now()))
        .where("id", "=", before.id)
        .where("body", "=", JSON.stringify(before))
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    async ofIntent(intent) {
      const rows = await db.selectFrom("operations").select("body").where("intent", "=", intent).orderBy("id").execute();
      return rows.map(toOperation);
    },

    async openOf(repository, runId) {
      const rows = await db
        .selectFrom("operations")
        .select("body")
        .where("repository", "=", keyOf(repository))
        .where("run_id", "=", runId)
        .where("stage", "<>", "ended")
        .orderBy("asked_at")
        .orderBy("id")
        .execute();
      return rows.map(toOperation);
    },

    async isKnown(repository, runId) {
      const about = db.selectFrom("operations").select("id").where("repository", "=", keyOf(repository)).where("run_id", "=", runId);
      return (await about.limit(1).executeTakeFirst()) !== undefined;
    },

    async withoutRun() {
      const rows = await db
        .selectFrom("operations")
        .select("body")
        .where("run_id", "is", null)
        .where("stage", "<>", "ended")
        .orderBy("id")
        .execute();
      return rows.map(toOperation);
    },

    async openRuns(limit) {
      const rows = await db
        .selectFrom("operations")
        .select(["repository", "run_id"])
        .where("stage", "<>", "ended")
        .where("run_id", "is not", null)
        .groupBy(["repository", "run_id"])
        .orderBy((row) => row.fn.max("seen_at"))
        .limit(limit)
        .execute();
      const runIds = rows.map(({ run_id }) => run_id);
      await db.updateTable("operations").set({ seen_at: now() }).where("run_id", "in", runIds).where("stage", "<>", "ended").execute();
      return rows.map(({ repository, run_id }) => ({ repository, runId: Number(run_id) }));
    },
  };
}

const toRow = (operation: Operation, seenAt: number) => ({
  intent: operation.intent,
  repository: keyOf(operation.repository),
  run_id: operation.runId ?? null,
  stage: operation.stage,
  body: JSON.stringify(operation),
  seen_at: seenAt,
});

const toOperation = ({ body }: { body: string }): Operation => JSON.parse(body);
