import type { Reply } from "../../reply.ts";
import { text } from "../../reply.ts";
import type { SlackPostAddress } from "../outbox.ts";
import type { Job } from "../queue.ts";
import type { Records, Transaction } from "../records.ts";
import type { Audience, HeldMessage, Hold } from "./held.ts";
import { quietUntil } from "./quiet-hours.ts";
import type { ChannelPolicy } from "./rule.ts";

/** The task of the job that tells what was held, together. */
export const releaseTask = "release-held";

/** A message of Slack's holds some 12,000 characters. */
const mostRows = 30;
const graceMs = 60_000;

/** Keeps a message back, and sees to it that it is told when the time has come. */
export async function holdBack({ held, queue }: Transaction, message: HeldMessage): Promise<void> {
  await held.hold(message);
  const { audience, releaseAt } = message;
  await queue.add({ id: `release:${audience}:${releaseAt}`, task: releaseTask, payload: { audience }, runAt: releaseAt });
}

/** What should have been told a minute ago is looked at again: the clock was set back, or a release was given up. */
export async function releaseOverdue({ held, queue }: Transaction, now: number): Promise<void> {
  for (const audience of await held.overdue(now - graceMs))
    await queue.add({ id: `release:${audience}:late:${now}`, task: releaseTask, payload: { audience } });
}

interface Needs {
  readonly records: Records;
  readonly policies: readonly ChannelPolicy[];
  readonly now: () => number;
}

export function createRelease({ records, policies, now }: Needs): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { audience } = payload as { audience: Audience };
    await records.transaction(async (tx) => {
      const until = await stillQuietUntil(audience, policies, tx, now());
      await release(tx, audience, now(), until);
    });
  };
}

/**
 * Tells what is due by then, in one message and the thread below it.
 *
 * @param until when it must be quiet for longer: then what is due is held on until that moment
 * @returns how many messages were told
 */
export async function release(tx: Transaction, audience: Audience, dueBy: number, until?: number): Promise<number> {
  const due = await tx.held.take(audience, dueBy);
  if (until !== undefined) {
    for (const message of due) await holdBack(tx, { ...message, releaseAt: until });
    return 0;
  }
  const [first] = due;
  if (!first) return 0;

  const key = `digest:${first.key}:${first.releaseAt}`;
  const lane = `digest:${audience}`;
  const to = addressee(audience);
  for (let from = 0; from < due.length; from += mostRows) {
    const reply = describe(due, from);
    const thread = from === 0 ? {} : { thread: { message: `${key}:0` } };
    await tx.outbox.put({ key: `${key}:${from}`, lane, address: { surface: "slack_post", to, ...thread }, answers: [{ reply }] });
  }
  return due.length;
}

async function stillQuietUntil(
  audience: Audience,
  policies: readonly ChannelPolicy[],
  { mutes }: Transaction,
  now: number,
): Promise<number | undefined> {
  const to = addressee(audience);
  if ("user" in to) return mutes.until(to.user, now);
  return quietUntil(policies.find(({ id }) => id === to.channel)?.quietHours ?? [], now);
}

function addressee(audience: Audience): SlackPostAddress["to"] {
  const id = audience.slice(audience.indexOf(":") + 1);
  return audience.startsWith("user:") ? { user: id } : { channel: id };
}

const whys: Readonly<Record<Hold, string>> = {
  quiet: "came in the quiet hours",
  burst: "came so fast that the channel could not take them one by one",
  mute: "came while you had me muted",
};

function describe(due: readonly HeldMessage[], from: number): Reply {
  const rows = due.slice(from, from + mostRows).map(({ line }) => ({ mood: line.mood, cells: [{ text: line.text, url: line.url }] }));
  const counts = (Object.keys(whys) as Hold[])
    .map((why) => ({ why, count: due.filter((one) => one.why === why).length }))
    .filter(({ count }) => count > 0)
    .map(({ why, count }) => `${count} ${whys[why]}`);
  const bad = due.filter(({ line }) => line.mood === "bad").length;
  const rest = due.length > mostRows && from === 0 ? { more: `and ${due.length - mostRows} more in the thread` } : {};
  const heading = `Held back until now: ${due.length} ${due.length === 1 ? "message" : "messages"}, ${bad} of them bad (${counts.join("; ")})`;
  return {
    outcome: "done",
    reason: "digest",
    audience: "channel",
    parts: [
      text(from === 0 ? heading : `Held back, ${from + 1} to ${from + rows.length} of ${due.length}`, bad > 0 ? "bad" : "idle"),
      { kind: "table", columns: ["What"], rows, ...rest },
    ],
  };
}
