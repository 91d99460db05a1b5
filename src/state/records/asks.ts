import type { Kysely, Selectable } from "kysely";
import type { Asks, StoredAsk } from "../../pipeline/ai/asks.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyAsks(db: Kysely<RecordTables>): Asks {
  const find = (id: string) => db.selectFrom("asks").selectAll().where("id", "=", id).executeTakeFirst();
  return {
    async begin(ask, at) {
      const before = await find(ask.id);
      const tries = (before?.tries ?? 0) + 1;
      const body = JSON.stringify(ask);
      const again = { tries, body, ended_at: null, end_body: null };
      const { id, purpose, channel, repository = null } = ask;
      const first = { id, purpose, channel, repository, repository_key: repository?.toLowerCase() ?? null, at, ...again };
      await db
        .insertInto("asks")
        .values(first)
        .onConflict((conflict) => conflict.column("id").doUpdateSet(again))
        .execute();
      return tries;
    },

    async end(id, { costPico, ...end }, at) {
      const body = JSON.stringify({ ...end, ...(costPico !== undefined && { costPico: String(costPico) }) });
      await db.updateTable("asks").set({ ended_at: at, end_body: body }).where("id", "=", id).execute();
    },

    async find(id) {
      const row = await find(id);
      return row && toAsk(row);
    },

    async list({ purpose, channel, repository, since, until }, limit) {
      let query = db.selectFrom("asks").selectAll().where("at", ">=", since);
      if (until !== undefined) query = query.where("at", "<", until);
      if (purpose !== undefined) query = query.where("purpose", "=", purpose);
      if (channel !== undefined) query = query.where("channel", "=", channel);
      if (repository !== undefined) query = query.where("repository_key", "=", repository.toLowerCase());
      const rows = await query.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
      return rows.map(toAsk);
    },
  };
}

function toAsk(row: Selectable<RecordTables["asks"]>): StoredAsk {
  const ask = { ...JSON.parse(row.body), at: Number(row.at), tries: Number(row.tries) };
  if (row.end_body === null) return ask;
  const { costPico, ...end } = JSON.parse(row.end_body);
  return { ...ask, end: { ...end, ...(costPico !== undefined && { costPico: BigInt(costPico) }), at: Number(row.ended_at) } };
}
