import type { Said } from "../../reply.ts";
import type { Transaction } from "../records.ts";
import type { GitHubChange, PullChange } from "./changes.ts";
import { addEchoOf } from "./echo.ts";
import type { MayMirror, MirrorPair } from "./may-mirror.ts";
import { end, take } from "./take.ts";
import { beginThread, type MirrorThread, type PullFacts, rootMessage, threadKey } from "./thread.ts";

/** Brings the thread in Slack up to what a delivery told of its pull request. */
export async function onGitHub(change: GitHubChange | PullChange, pair: MirrorPair, may: MayMirror, tx: Transaction): Promise<void> {
  const { pull } = change;
  if (change.kind === "github" && !change.said) {
    const key = threadKey(pull.repository, pull.number);
    return end({ key: change.key, thread: key, saidAt: change.saidAt }, "deleted", "slack", await tx.mirrors.thread(key), tx);
  }
  const thread = await meet(pull, change.kind === "github" || change.begins, pair.channel, may, tx);
  if (!thread) return;
  if (change.kind === "pull") return change.opening && may === "yes" ? open(change.opening, thread, tx) : undefined;
  if (!change.said) return;
  const { key, saidAt, author, said } = change;
  await take(
    { key, saidAt, author: String(author.id), version: said.version },
    may === "yes" ? toSaid(change, said) : undefined,
    "slack",
    thread,
    tx,
  );
}

/** What its author commanded by opening it is answered in the thread too. */
async function open({ key, saidAt }: NonNullable<PullChange["opening"]>, thread: MirrorThread, tx: Transaction): Promise<void> {
  if (thread.mode !== "on" || (await tx.mirrors.item(key))) return;
  await tx.mirrors.putItem({ key, thread: thread.key, saidAt, fate: "copied" });
  await addEchoOf(key, tx.outbox, tx.queue);
}

function toSaid({ author, url }: GitHubChange, { version: _, ...said }: NonNullable<GitHubChange["said"]>): Said {
  return { kind: "said", author: author.login, source: { text: "GitHub", url }, ...said };
}

/** The thread of a pull request, its first message up to date; undefined when there is none and none is to begin. */
async function meet(
  pull: PullFacts,
  begins: boolean,
  channel: string,
  may: MayMirror,
  { mirrors, outbox }: Transaction,
): Promise<MirrorThread | undefined> {
  const known = await mirrors.thread(threadKey(pull.repository, pull.number));
  if (!known && !begins) return undefined;
  const thread = known ? broughtUpToDate(known, pull, channel) : beginThread(pull, channel);
  if (JSON.stringify(thread) !== JSON.stringify(known)) await mirrors.putThread(thread);
  if (may === "yes" && thread.mode !== "root_deleted") await outbox.put(rootMessage(thread));
  return thread;
}

/** Deliveries come in any order: the pull request is as its newest one tells. Where the repository got another channel, a thread begins there. */
function broughtUpToDate(known: MirrorThread, told: PullFacts, channel: string): MirrorThread {
  const pull = told.updatedAt >= known.pull.updatedAt ? told : known.pull;
  return known.channel === channel ? { ...known, pull } : { ...beginThread(pull, channel), mode: known.mode };
}
