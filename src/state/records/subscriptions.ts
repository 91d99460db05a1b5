import type { Kysely } from "kysely";
import type { Subscription, Subscriptions } from "../../pipeline/policy/subscriptions.ts";
import type { RecordTables } from "./tables.ts";

export function kyselySubscriptions(db: Kysely<RecordTables>): Subscriptions {
  return {
    async add(subscription, intent) {
      const known = await db.selectFrom("subscriptions").select(["number", "body"]).where("intent", "=", intent).executeTakeFirst();
      if (known) return toSubscription(known);
      const { last } = await db
        .selectFrom("subscriptions")
        .select((row) => row.fn.max("number").as("last"))
        .executeTakeFirstOrThrow();
      const number = Number(last ?? 0) + 1;
      const { channel, since } = subscription;
      await db
        .insertInto("subscriptions")
        .values({ number, intent, channel, since, ended_at: null, ended_by: null, body: JSON.stringify(subscription) })
        .execute();
      return { ...subscription, number };
    },

    async list(channel) {
      const standing = db.selectFrom("subscriptions").select(["number", "body"]).where("ended_at", "is", null).orderBy("number");
      return (await (channel === undefined ? standing : standing.where("channel", "=", channel)).execute()).map(toSubscription);
    },

    async end(numbers, by, at) {
      if (numbers.length === 0) return;
      await db
        .updateTable("subscriptions")
        .set({ ended_at: at, ended_by: by })
        .where("number", "in", numbers)
        .where("ended_at", "is", null)
        .execute();
    },
  };
}

const toSubscription = ({ number, body }: { number: number; body: string }): Subscription => ({ ...JSON.parse(body), number });
