import type { Kysely } from "kysely";
import type { Mutes } from "../../pipeline/personal/mutes.ts";
import type { Watch, Watches } from "../../pipeline/personal/watches.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyWatches(db: Kysely<RecordTables>): Watches {
  const all = () => db.selectFrom("watches").select("body").orderBy("person");
  const parsed = (rows: readonly { body: string }[]): Watch[] => rows.map(({ body }) => JSON.parse(body));
  return {
    async put(watch) {
      const row = { head_sha: watch.headSha, body: JSON.stringify(watch) };
      await db
        .insertInto("watches")
        .values({ person: watch.person, repository: watch.repository.toLowerCase(), number: watch.number, ...row })
        .onConflict((conflict) => conflict.columns(["person", "repository", "number"]).doUpdateSet(row))
        .execute();
    },

    async find(person, repository, number) {
      const found = all().where("person", "=", person).where("repository", "=", repository.toLowerCase()).where("number", "=", number);
      return parsed(await found.execute())[0];
    },

    async ofPullRequest(repository, number) {
      return parsed(await all().where("repository", "=", repository.toLowerCase()).where("number", "=", number).execute());
    },

    async ofHead(repository, headSha) {
      return parsed(await all().where("repository", "=", repository.toLowerCase()).where("head_sha", "=", headSha).execute());
    },

    async pullRequests(limit) {
      return db
        .selectFrom("watches")
        .select(["repository", "number"])
        .distinct()
        .orderBy("repository")
        .orderBy("number")
        .limit(limit)
        .execute();
    },

    async remove(person, repository, number) {
      const { numDeletedRows } = await db
        .deleteFrom("watches")
        .where("person", "=", person)
        .where("repository", "=", repository.toLowerCase())
        .where("number", "=", number)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}

export function kyselyMutes(db: Kysely<RecordTables>): Mutes {
  return {
    async until(person, now) {
      const row = await db.selectFrom("mutes").select("until").where("person", "=", person).where("until", ">", now).executeTakeFirst();
      return row?.until;
    },

    async set(person, until) {
      await db.deleteFrom("mutes").where("person", "=", person).execute();
      if (until !== undefined) await db.insertInto("mutes").values({ person, until }).execute();
    },
  };
}
