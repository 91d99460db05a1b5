import type { Reply } from "../../reply.ts";
import type { Line } from "../policy/held.ts";
import { holdBack } from "../policy/release.ts";
import type { Transaction } from "../records.ts";

/** Tells a person in Slack something in private of our own accord; while they have us muted it waits for the end of that. */
export async function tellPerson(
  tx: Transaction,
  person: string,
  { key, line, reply }: { readonly key: string; readonly line: Line; readonly reply: Reply },
  now: number,
): Promise<void> {
  const until = await tx.mutes.until(person, now);
  if (until !== undefined) {
    return holdBack(tx, { key, audience: `user:${person}`, why: "mute", line, heldAt: now, releaseAt: until });
  }
  const address = { surface: "slack_post", to: { user: person } } as const;
  await tx.outbox.put({ key, lane: `person:${person}`, address, answers: [{ reply }] });
}
