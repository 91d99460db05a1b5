import type { Reply } from "../../reply.ts";
import type { Transaction } from "../records.ts";
import { describeSubject } from "./describe-run.ts";
import type { Subject } from "./finished-run.ts";
import type { Hold, Line } from "./held.ts";
import { quietUntil } from "./quiet-hours.ts";
import { holdBack } from "./release.ts";
import type { ChannelPolicy } from "./rule.ts";

/** Beyond this many messages in a channel within a minute the rest comes together: Slack takes one a second, and people read fewer. */
const burst = 10;
const minuteMs = 60_000;
/** A pull request may bring any number; runs of others are told in the thread all the same. */
const mostTopics = 200;

/** Something to tell a channel of a branch or pull request. */
export interface Saying {
  /** Names it in any channel: `run:17:1`. */
  readonly name: string;
  readonly repository: string;
  readonly subject: Subject;
  readonly headSha: string;
  /** The workflow, by its id, or whatever else has one line in the root of the thread. */
  readonly topic: string;
  /** Whether the topic stands so now: false for what a newer one has overtaken, and for what neither passed nor failed. */
  readonly isStanding: boolean;
  readonly line: Line;
  readonly reply: Reply;
}

/** The outbox key of what a channel is told. */
export const keyIn = (channel: string, name: string): string => `notify:${channel}:${name}`;

/**
 * Tells a channel, as its policy wants it told: at once or when the quiet ends, by itself or below the message of its branch. Saying the
 * same again changes nothing.
 */
export async function say(tx: Transaction, channel: ChannelPolicy, saying: Saying, now: number): Promise<void> {
  const key = keyIn(channel.id, saying.name);
  const lane = `notify:${channel.id}`;
  const hold = await holdOf(tx, channel, key, lane, now);
  const thread = channel.threads === "threaded" ? await rootOf(tx, channel.id, saying, hold === undefined) : undefined;
  if (hold) return holdBack(tx, { key, audience: `channel:${channel.id}`, line: saying.line, heldAt: now, ...hold });
  const address = {
    surface: "slack_post",
    to: { channel: channel.id },
    ...(thread !== undefined && { thread: { message: thread } }),
  } as const;
  await tx.outbox.put({ key, lane, address, answers: [{ reply: saying.reply }] });
}

async function holdOf(
  { outbox }: Transaction,
  { quietHours = [] }: ChannelPolicy,
  key: string,
  lane: string,
  now: number,
): Promise<{ readonly why: Hold; readonly releaseAt: number } | undefined> {
  if (await outbox.find(key)) return undefined;
  const quietEnd = quietUntil(quietHours, now);
  if (quietEnd !== undefined) return { why: "quiet", releaseAt: quietEnd };
  const isBurst = (await outbox.countSince(lane, now - minuteMs)) >= burst;
  return isBurst ? { why: "burst", releaseAt: (Math.floor(now / minuteMs) + 1) * minuteMs } : undefined;
}

interface Root {
  readonly key: string;
  readonly headSha: string;
  /** By topic. */
  readonly lines: Readonly<Record<string, Line>>;
}

const rootKey = (channel: string, { key }: Subject): string => `root:${channel}:${key}`;

/**
 * Brings the root of the thread up to date. A pull request has one for its life; a branch begins another with the first new commit after
 * all of it was green. A root that is not there yet is not begun while it is quiet; an edit of one that is disturbs nobody.
 *
 * @returns the outbox key of the root
 */
async function rootOf(tx: Transaction, channel: string, saying: Saying, mayBegin: boolean): Promise<string> {
  const { subject, headSha, name } = saying;
  const before = await tx.notes.find<Root>(rootKey(channel, subject));
  const goesOn =
    before && (isLasting(subject) || before.headSha === headSha || Object.values(before.lines).some(({ mood }) => mood === "bad"));
  const root = goesOn ? { ...before, headSha } : { key: keyIn(channel, `root:${name}`), headSha, lines: {} };
  await putRoot(tx, channel, root, saying, mayBegin);
  return root.key;
}

/** Shows in the root that a topic is red no more, where the channel does not want to be told of it. */
export async function correctRoot(tx: Transaction, { id, threads }: ChannelPolicy, saying: Saying): Promise<void> {
  const { subject, topic, isStanding, line } = saying;
  if (threads !== "threaded" || !isStanding || line.mood === "bad") return;
  const root = await tx.notes.find<Root>(rootKey(id, subject));
  if (root && Object.hasOwn(root.lines, topic) && root.lines[topic]?.mood === "bad") await putRoot(tx, id, root, saying, false);
}

async function putRoot(tx: Transaction, channel: string, root: Root, saying: Saying, mayBegin: boolean): Promise<void> {
  const { subject, repository, topic, isStanding, line } = saying;
  const isShown = Object.hasOwn(root.lines, topic);
  const shows = isShown ? isStanding : Object.keys(root.lines).length < mostTopics;
  const lines = shows ? { ...root.lines, [topic]: line } : root.lines;
  await tx.notes.put(rootKey(channel, subject), { ...root, lines } as never);
  if (!mayBegin && !(await tx.outbox.find(root.key))) return;
  const address = { surface: "slack_post", to: { channel } } as const;
  const reply = describeSubject(subject, repository, Object.values(lines));
  await tx.outbox.put({ key: root.key, lane: `notify:${channel}`, address, answers: [{ reply }] });
}

const isLasting = ({ key }: Subject): boolean => /:(pull|queue):\d+$/.test(key);
