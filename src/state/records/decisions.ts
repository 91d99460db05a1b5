import type { Kysely, Selectable } from "kysely";
import type { Learnt, StoredDecision } from "../../pipeline/orchestrator/decision.ts";
import type { Decisions } from "../../pipeline/orchestrator/decisions.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyDecisions(db: Kysely<RecordTables>): Decisions {
  const newestOf = (repository: string) =>
    db
      .selectFrom("decisions")
      .selectAll()
      .where("repository_key", "=", repository.toLowerCase())
      .orderBy("at", "desc")
      .orderBy("id", "desc");
  return {
    async put({ costPico, isCarriedOut, ...decision }) {
      const { id, repository, key, workflowId, headSha, at } = decision;
      const body = JSON.stringify({ ...decision, ...(costPico !== undefined && { costPico: String(costPico) }) });
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto("decisions")
        .values({
          ...{ id, repository_key: repository.toLowerCase(), key, workflow_id: workflowId, head_sha: headSha, at },
          ...{ is_carried_out: isCarriedOut ? 1 : 0, again: null, truth: null, body },
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows > 0n;
    },

    async find(id) {
      const row = await db.selectFrom("decisions").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toDecision(row);
    },

    async carryOut(id) {
      await db.updateTable("decisions").set({ is_carried_out: 1 }).where("id", "=", id).execute();
    },

    async ofKey(repository, key, since, limit) {
      const rows = await newestOf(repository).where("key", "=", key).where("at", ">=", since).limit(limit).execute();
      return rows.map(toDecision);
    },

    async open(repository, workflowId, limit) {
      const rows = await newestOf(repository).where("workflow_id", "=", workflowId).where("truth", "is", null).limit(limit).execute();
      return rows.map(toDecision);
    },

    async ofCommit(repository, headSha) {
      return (await newestOf(repository).where("head_sha", "=", headSha).execute()).map(toDecision);
    },

    async openSince(before, limit) {
      const rows = await db
        .selectFrom("decisions")
        .selectAll()
        .where("truth", "is", null)
        .where("at", "<", before)
        .orderBy("at")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(toDecision);
    },

    async learn(id, { again = null, truth = null }) {
      await db.updateTable("decisions").set({ again, truth }).where("id", "=", id).execute();
    },

    async list({ repository, since, until }, limit) {
      let query = db.selectFrom("decisions").selectAll().where("at", ">=", since);
      if (until !== undefined) query = query.where("at", "<", until);
      if (repository !== undefined) query = query.where("repository_key", "=", repository.toLowerCase());
      return (await query.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute()).map(toDecision);
    },
  };
}

function toDecision({ body, is_carried_out, again, truth }: Selectable<RecordTables["decisions"]>): StoredDecision {
  const { costPico, ...decision } = JSON.parse(body);
  return {
    ...decision,
    ...(costPico !== undefined && { costPico: BigInt(costPico) }),
    isCarriedOut: Number(is_carried_out) === 1,
    ...(again !== null && { again: again as NonNullable<Learnt["again"]> }),
    ...(truth !== null && { truth: truth as NonNullable<Learnt["truth"]> }),
  };
}
