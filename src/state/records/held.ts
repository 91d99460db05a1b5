import type { Kysely } from "kysely";
import type { Audience, HeldMessages, Hold } from "../../pipeline/policy/held.ts";
import type { Notes } from "../../pipeline/policy/notes.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyHeldMessages(db: Kysely<RecordTables>): HeldMessages {
  return {
    async hold({ key, audience, why, line, heldAt, releaseAt }) {
      await db
        .insertInto("held_messages")
        .values({ key, audience, why, line: JSON.stringify(line), held_at: heldAt, release_at: releaseAt })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .execute();
    },

    async count(audience) {
      const { count } = await db
        .selectFrom("held_messages")
        .select((row) => row.fn.countAll().as("count"))
        .where("audience", "=", audience)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async overdue(before) {
      const late = db.selectFrom("held_messages").select("audience").distinct().where("release_at", "<", before);
      return (await late.orderBy("audience").execute()).map(({ audience }) => audience as Audience);
    },

    async take(audience, dueBy) {
      const due = db.selectFrom("held_messages").where("audience", "=", audience).where("release_at", "<=", dueBy);
      const rows = await due.selectAll().orderBy("held_at").orderBy("key").execute();
      await db.deleteFrom("held_messages").where("audience", "=", audience).where("release_at", "<=", dueBy).execute();
      return rows.map((row) => ({
        key: row.key,
        audience: row.audience as Audience,
        why: row.why as Hold,
        line: JSON.parse(row.line),
        heldAt: row.held_at,
        releaseAt: row.release_at,
      }));
    },
  };
}

export function kyselyNotes(db: Kysely<RecordTables>, now: () => number): Notes {
  return {
    async find(key) {
      const row = await db.selectFrom("notes").select("body").where("key", "=", key).executeTakeFirst();
      return row && JSON.parse(row.body);
    },

    async put(key, body) {
      const row = { written_at: now(), body: JSON.stringify(body) };
      await db
        .insertInto("notes")
        .values({ key, ...row })
        .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
        .execute();
    },

    async forget(before) {
      await db.deleteFrom("notes").where("written_at", "<", before).execute();
    },
  };
}
