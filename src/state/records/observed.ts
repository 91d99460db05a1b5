import type { Kysely } from "kysely";
import { type Observation, type Observed, saysMore } from "../../pipeline/sessions/observed.ts";
import type { RecordTables } from "./tables.ts";

export interface ObservationTables {
  /** `body` is the whole telling; the other columns are what it is looked for by. */
  observations: {
    /** With its type: `failure:…`. */
    id: string;
    /** In lower case. */
    repository: string | null;
    head_sha: string | null;
    at: number;
    body: string;
  };
}

export async function createObservationTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("observations")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("repository", "text")
    .addColumn("head_sha", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("observations_commit").on("observations").columns(["repository", "head_sha", "at"]).execute();
  await db.schema.createIndex("observations_age").on("observations").column("at").execute();
}

export function kyselyObserved(db: Kysely<RecordTables>): Observed {
  return {
    async put(observation) {
      const id = `${observation.type}:${observation.id}`;
      const before = await db.selectFrom("observations").select("body").where("id", "=", id).executeTakeFirst();
      if (before && !saysMore(observation, toObservation(before))) return "known";
      const row = {
        repository: observation.repository?.toLowerCase() ?? null,
        head_sha: observation.headSha ?? null,
        at: observation.at,
        body: JSON.stringify(observation),
      };
      await db
        .insertInto("observations")
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
      return before ? "amended" : "recorded";
    },

    async ofHead(repository, headSha, most) {
      const rows = await db
        .selectFrom("observations")
        .select("body")
        .where("repository", "=", repository.toLowerCase())
        .where("head_sha", "=", headSha)
        .orderBy("at", "desc")
        .orderBy("id")
        .limit(most)
        .execute();
      return rows.map(toObservation);
    },
  };
}

const toObservation = ({ body }: { readonly body: string }): Observation => JSON.parse(body);
