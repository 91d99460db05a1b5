import type { Reply } from "../../reply.ts";
import type { SlackPerson } from "../access.ts";
import type { Transaction } from "../records.ts";

/** Tells a person in their conversation with us what happened to their link. What has the same key is told once. */
export async function tellInPrivate(key: string, { user }: SlackPerson, reply: Reply, { outbox }: Transaction): Promise<void> {
  await outbox.put({ key, lane: key, address: { surface: "slack_post", to: { user } }, answers: [{ reply }] });
}
