import { type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { Job } from "../queue.ts";
import type { CopyGone, GitHubChange, MirrorChange, PullChange, RootGone, SlackChange } from "./changes.ts";
import { itemOfCopy } from "./copy.ts";
import { onGitHub } from "./from-github.ts";
import { type MayMirror, type MirrorPair, mayMirror } from "./may-mirror.ts";
import { aside, findThread, standingOf, toSaid } from "./slack-reply.ts";
import { end, take } from "./take.ts";

export interface MirrorOptions {
  readonly pairs: readonly MirrorPair[];
  readonly allow: { readonly slackUsers: readonly string[]; readonly slackChannels: readonly string[] };
  /** Is told which channel is mirrored to although we cannot see it. */
  readonly fallbackChannel: string | undefined;
  readonly services: Pick<Services, "records" | "workspace" | "repositories" | "links" | "permissions" | "now">;
}

/**
 * Handles what was heard of a mirrored conversation. Whatever order it comes in, and however often, both sides end alike: what is stored is the
 * newest that is known of each item, and the outbox follows it.
 *
 * @throws ServiceError or UserError when it could not be found out who may hear it; Postponed
 */
export function createMirror(options: MirrorOptions): (job: Job) => Promise<void> {
  return ({ payload }) => {
    const change = payload as unknown as MirrorChange;
    switch (change.kind) {
      case "pull":
      case "github":
        return hearGitHub(change, options);
      case "slack":
        return hearSlack(change, options);
      case "copy_gone":
        return loseCopy(change, options);
      case "root_gone":
        return loseRoot(change, options);
    }
  };
}

async function hearGitHub(change: GitHubChange | PullChange, options: MirrorOptions): Promise<void> {
  const pair = pairOf(change.pull.repository, options);
  if (!pair) return;
  const may = await check(pair, options);
  await options.services.records.transaction((tx) => onGitHub(change, pair, may, tx));
}

async function hearSlack(change: SlackChange, options: MirrorOptions): Promise<void> {
  const { allow, services } = options;
  const { records, workspace, now } = services;
  const thread = await findThread(change, services);
  const pair = thread && pairOf(thread.pull.repository, options);
  if (!thread || pair?.channel !== thread.channel) return;

  const { channel, ts, user, said } = change;
  const key = slackItem(channel, ts);
  const saidAt = Math.floor(Number(ts) * 1000);
  if (!said) return records.transaction((tx) => end({ key, thread: thread.key, saidAt }, "deleted", "github", thread, tx));

  const isOpen = thread.mode === "on" && (await check(pair, options)) === "yes";
  const standing = isOpen ? await standingOf(user, thread.pull, allow.slackUsers, services) : undefined;
  const passedOn = standing?.account && (await toSaid(change, said.blocks, standing.account, workspace));
  await records.transaction(async (tx) => {
    // What is meant for the thread's state may have changed while others were asked.
    const current = (await tx.mirrors.thread(thread.key)) ?? thread;
    await take({ key, author: user, saidAt, version: said.version }, passedOn, "github", current, tx);
    if (standing && !standing.account && standing.sentence !== undefined) {
      const { reason, sentence } = standing;
      await tx.outbox.put(aside(change, { reason, sentence }, now()));
    }
  });
}

/** An item's key: `slack:C1:1700000000.000100`, as the command in it, if any, is known by. */
const slackItem = (channel: string, ts: string): string => `slack:${channel}:${ts}`;

async function loseCopy({ message }: CopyGone, { services: { records } }: MirrorOptions): Promise<void> {
  const key = itemOfCopy(message);
  if (key === undefined) return;
  await records.transaction(async (tx) => {
    const known = await tx.mirrors.item(key);
    const thread = known && (await tx.mirrors.thread(known.thread));
    if (known) await end(known, "copy_deleted", key.startsWith("slack:") ? "github" : "slack", thread, tx);
  });
}

async function loseRoot({ root }: RootGone, { services: { records } }: MirrorOptions): Promise<void> {
  await records.transaction(async ({ mirrors }) => {
    const thread = await mirrors.threadOfRoot(root);
    if (thread) await mirrors.putThread({ ...thread, mode: "root_deleted" });
  });
}

/** Looks whether the two may hear each other now; where something must be done about it, somebody is told, once. */
async function check(pair: MirrorPair, { allow, fallbackChannel, services }: MirrorOptions): Promise<MayMirror> {
  const may = await mayMirror(pair, allow.slackChannels, services);
  const { repository, channel } = pair;
  const tell = (to: string, what: string, reply: Reply) => {
    const key = `mirror:${what}:${repository.toLowerCase()}:${channel}`;
    const address = { surface: "slack_post", to: { channel: to }, stays: true } as const;
    return services.records.transaction(({ outbox }) => outbox.put({ key, lane: key, address, answers: [{ reply }] }));
  };
  if (may === "private_to_public") await tell(channel, "refused", refusal(repository));
  if (may === "unseen" && fallbackChannel !== undefined) await tell(fallbackChannel, "unseen", unseen(pair));
  return may;
}

const unseen = ({ repository, channel }: MirrorPair): Reply => ({
  outcome: "failed",
  reason: "mirror_unseen",
  audience: "channel",
  parts: [
    text(`${repository} is mirrored to the channel ${channel}, which I cannot see.`, "bad"),
    text("Invite me there, or change the channel in config/nextrust.yml. What is said meanwhile is not passed on."),
  ],
});

const refusal = (repository: string): Reply => ({
  outcome: "refused",
  reason: "private_to_public",
  audience: "channel",
  parts: [
    text(`I do not mirror ${repository} here: everyone can read it, and this channel is private. Nothing said here goes there.`, "bad"),
    text("Mirror it to a public channel in config/nextrust.yml, or make the repository private again."),
  ],
});

const pairOf = (repository: string, { pairs }: Pick<MirrorOptions, "pairs">): MirrorPair | undefined =>
  pairs.find((pair) => pair.repository.toLowerCase() === repository.toLowerCase());
