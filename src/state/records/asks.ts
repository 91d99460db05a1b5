import type { Kysely, Selectable } from "kysely";
import type { Asks, StoredAsk } from "../../pipeline/ai/asks.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyAsks(db: Kysely<RecordTables>): Asks {
  const find = (id: string) => db.selectFrom("asks").selectAll().where("id", "=", id).executeTakeFirst();
  return {
    async begin(ask, at) {
      const { id, purpose, channel, repository = null } = ask;
      const body = JSON.stringify(ask);
      const { tries } = await db
        .insertInto("asks")
        .values({ id, purpose, channel, repository, repository_key: repository?.toLowerCase() ?? null, at, tries: 1, body })
        .onConflict((conflict) =>
          conflict.column("id").doUpdateSet((row) => ({ tries: row("asks.tries", "+", 1), body, ended_at: null, end_body: null })),
        )
        .returning("tries")
        .executeTakeFirstOrThrow();
      return Number(tries);
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
