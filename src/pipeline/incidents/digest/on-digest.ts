import type { Services } from "../../../services.ts";
import { quietUntil } from "../../policy/quiet-hours.ts";
import type { ChannelPolicy } from "../../policy/rule.ts";
import type { Job, NewJob } from "../../queue.ts";
import type { Transaction } from "../../records.ts";
import { describeDigest } from "./describe-digest.ts";
import { digestOf, isEmpty, lookBackMs } from "./digest.ts";
import { type DigestMoment, lastDigest, nextDigest } from "./digest-time.ts";

/** The task of the job that tells a channel how its incidents stand. */
export const digestTask = "digest-incidents";

/** A digest that could not be told when it was due is told within this time, and afterwards the next one is. */
const lateByMs = 3 * 60 * 60_000;

interface Due {
  readonly channel: string;
  /** From when on it can be told, in milliseconds since the epoch: when it is due, or when the quiet hours that it waited for end. */
  readonly from: number;
}

const toDigest = (due: Due, { date }: DigestMoment): NewJob => ({
  id: `${digestTask}:${due.channel}:${date}:${due.from}`,
  task: digestTask,
  payload: { ...due },
  runAt: due.from,
});

/** Adds each channel's next digest, and the one that may still be told late. Their ids make each one, for any number of processes. */
export async function addDigests({ queue }: Pick<Transaction, "queue">, policies: readonly ChannelPolicy[], now: number): Promise<void> {
  for (const { id: channel, digest: time, quietHours = [] } of policies) {
    if (!time) continue;
    const [last, next] = [lastDigest(time, now), nextDigest(time, now)];
    const isInTime = last && now - afterQuiet(last.at, quietHours) <= lateByMs;
    for (const moment of [...(isInTime ? [last] : []), ...(next ? [next] : [])])
      await queue.add(toDigest({ channel, from: moment.at }, moment));
  }
}

/** Tells a channel how its incidents stand; nothing where nothing is red and nothing happened. */
export function createDigest({
  records,
  policies,
  followed,
  now,
}: Pick<Services, "records" | "policies" | "followed" | "now">): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { channel, from } = payload as unknown as Due;
    const { digest: time, quietHours = [] } = policies.find(({ id }) => id === channel) ?? {};
    const last = time && lastDigest(time, now());
    const due = afterQuiet(from, quietHours);
    if (!last || now() - due > lateByMs) return;
    await records.transaction(async (tx) => {
      const start = Math.max(due, quietUntil(quietHours, now()) ?? 0);
      if (start > now()) await tx.queue.add(toDigest({ channel, from: start }, last));
      else {
        const repositories = followed.filter((one) => one.channel === channel).map(({ repository }) => repository);
        await tell(tx, { channel, repositories, moment: last, before: lastDigest(time, last.at - 1) }, now());
      }
    });
  };
}

const afterQuiet = (at: number, quietHours: NonNullable<ChannelPolicy["quietHours"]>): number => quietUntil(quietHours, at) ?? at;

interface Telling {
  readonly channel: string;
  readonly repositories: readonly string[];
  readonly moment: DigestMoment;
  readonly before: DigestMoment | undefined;
}

/** Tells the newest that is due, once: what waited until then is in it. */
async function tell(tx: Transaction, { channel, repositories, moment, before }: Telling, now: number): Promise<void> {
  const key = `${digestTask}:${channel}:${moment.date}`;
  const noteKey = `${digestTask}:${channel}`;
  const note = await tx.notes.find<{ readonly date: string; readonly at: number }>(noteKey);
  if (note?.date === moment.date) return;
  // One that nobody has heard for long tells no old stories.
  const since = Math.max(note?.at ?? before?.at ?? 0, now - lookBackMs);
  await tx.notes.put(noteKey, { date: moment.date, at: now });
  const digest = await digestOf(repositories, { since, now }, tx);
  if (isEmpty(digest)) return;
  await tx.outbox.put({
    key,
    lane: `incidents:${channel}`,
    address: { surface: "slack_post", to: { channel } },
    answers: [{ reply: describeDigest(digest) }],
  });
}
