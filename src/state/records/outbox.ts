import type { Kysely, Selectable } from "kysely";
import { type Outbox, type StoredMessage, sendAttempts, sendTask } from "../../pipeline/outbox.ts";
import type { Queue } from "../../pipeline/queue.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyOutbox(db: Kysely<RecordTables>, queue: Queue, now: () => number): Outbox {
  return {
    async put({ key, lane, address, asker, answers }) {
      // One statement, so that of two processes putting the same content only one makes a new version.
      const put = await db
        .insertInto("messages")
        .values({
          key,
          lane,
          address: JSON.stringify(address),
          asker: asker ?? "",
          answers: JSON.stringify(answers),
          version: 1,
          put_at: now(),
        })
        .onConflict((conflict) =>
          conflict
            .column("key")
            .doUpdateSet((row) => ({
              lane: row.ref("excluded.lane"),
              address: row.ref("excluded.address"),
              asker: row.ref("excluded.asker"),
              answers: row.ref("excluded.answers"),
              version: row("messages.version", "+", 1),
            }))
            .where((row) =>
              row.or([
                row("messages.answers", "<>", row.ref("excluded.answers")),
                // A title is shown; what else an address holds is not, and may differ each time that the same is put.
                ...(address.surface === "github_post" ? [row("messages.address", "<>", row.ref("excluded.address"))] : []),
              ]),
            ),
        )
        .returning("version")
        .executeTakeFirst();
      if (!put) return;
      const { version } = put;
      await queue.add({ id: `send:${key}:${version}`, task: sendTask, payload: { key, version }, lane, maxAttempts: sendAttempts });
    },

    async find(key) {
      const row = await db.selectFrom("messages").selectAll().where("key", "=", key).executeTakeFirst();
      return row && toMessage(row);
    },

    async markTried(key) {
      await db.updateTable("messages").set({ tried_at: now() }).where("key", "=", key).where("tried_at", "is", null).execute();
    },

    async markSent(key, version, externalId) {
      await db
        .updateTable("messages")
        .set({ sent_version: version, ...(externalId !== undefined && { external_id: externalId }) })
        .where("key", "=", key)
        .where("sent_version", "<=", version)
        .execute();
    },

    async sentSince(lane, since) {
      const rows = await db
        .selectFrom("messages")
        .selectAll()
        .where("lane", "=", lane)
        .where("put_at", ">=", since)
        .where("external_id", "is not", null)
        .where("answers", "<>", "[]")
        .orderBy("put_at")
        .orderBy("key")
        .execute();
      return rows.map(toMessage);
    },

    async countSince(lane, since) {
      const { count } = await db
        .selectFrom("messages")
        .select((row) => row.fn.countAll().as("count"))
        .where("lane", "=", lane)
        .where("put_at", ">=", since)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

function toMessage(row: Selectable<RecordTables["messages"]>): StoredMessage {
  return {
    key: row.key,
    lane: row.lane,
    address: JSON.parse(row.address),
    ...(row.asker !== "" && { asker: row.asker }),
    answers: JSON.parse(row.answers),
    version: row.version,
    ...(row.tried_at !== null && { triedAt: row.tried_at }),
    ...(row.sent_version > 0 && { sentVersion: row.sent_version }),
    ...(row.external_id !== null && { externalId: row.external_id }),
  };
}
