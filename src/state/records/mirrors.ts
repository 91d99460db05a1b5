import type { Kysely } from "kysely";
import type { MirrorItem } from "../../pipeline/mirror/item.ts";
import type { Mirrors } from "../../pipeline/mirror/mirrors.ts";
import type { MirrorThread } from "../../pipeline/mirror/thread.ts";
import type { RecordTables } from "./tables.ts";

/** `body` is the whole; the other columns are what it is looked for by. */
export interface MirrorTables {
  mirror_threads: { key: string; subject_id: string; channel: string; root: string; body: string };
  mirror_items: { key: string; thread: string; author: string | null; said_at: number; body: string };
}

export async function createMirrorTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("mirror_threads")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("subject_id", "text", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("root", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("mirror_threads_subject").on("mirror_threads").column("subject_id").execute();
  await db.schema.createIndex("mirror_threads_channel").on("mirror_threads").column("channel").execute();
  await db.schema.createIndex("mirror_threads_root").on("mirror_threads").column("root").execute();

  await db.schema
    .createTable("mirror_items")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("thread", "text", (column) => column.notNull())
    .addColumn("author", "text")
    .addColumn("said_at", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("mirror_items_author").on("mirror_items").columns(["thread", "author", "said_at"]).execute();
  // A thread is found by the timestamp of its first message.
  await db.schema.createIndex("messages_external_id").on("messages").column("external_id").execute();
}

export function kyselyMirrors(db: Kysely<RecordTables>): Mirrors {
  const threads = db.selectFrom("mirror_threads").select("mirror_threads.body");
  return {
    async thread(key) {
      return toThread(await threads.where("mirror_threads.key", "=", key).executeTakeFirst());
    },

    async threadOf(subjectId) {
      return toThread(await threads.where("subject_id", "=", subjectId).executeTakeFirst());
    },

    async threadAt(channel, ts) {
      const found = threads.innerJoin("messages", "messages.key", "mirror_threads.root");
      return toThread(await found.where("messages.external_id", "=", `${channel}/${ts}`).executeTakeFirst());
    },

    async threadOfRoot(root) {
      return toThread(await threads.where("root", "=", root).executeTakeFirst());
    },

    async putThread(thread) {
      const { channel, root, pull } = thread;
      const row = { subject_id: pull.subjectId, channel, root, body: JSON.stringify(thread) };
      await db
        .insertInto("mirror_threads")
        .values({ key: thread.key, ...row })
        .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
        .execute();
    },

    async hasUncertainRoot(channel, since) {
      const found = await threads
        .innerJoin("messages", "messages.key", "mirror_threads.root")
        .where("channel", "=", channel)
        .where("messages.external_id", "is", null)
        .where("messages.sent_version", "=", 0)
        .where("messages.tried_at", ">=", since)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },

    async item(key) {
      const row = await db.selectFrom("mirror_items").select("body").where("key", "=", key).executeTakeFirst();
      return row && (JSON.parse(row.body) as MirrorItem);
    },

    async putItem(item) {
      const row = { thread: item.thread, author: item.author ?? null, said_at: item.saidAt, body: JSON.stringify(item) };
      await db
        .insertInto("mirror_items")
        .values({ key: item.key, ...row })
        .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
        .execute();
    },

    async countSaid(thread, author, since, until) {
      const { count } = await db
        .selectFrom("mirror_items")
        .select((row) => row.fn.countAll().as("count"))
        .where("thread", "=", thread)
        .where("author", "=", author)
        .where("said_at", ">=", since)
        .where("said_at", "<=", until)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

const toThread = (row: { body: string } | undefined): MirrorThread | undefined => row && JSON.parse(row.body);
