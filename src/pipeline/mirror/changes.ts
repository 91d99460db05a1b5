import type { SaidBlock } from "../../reply.ts";
import type { NewJob } from "../queue.ts";
import type { Version } from "./item.ts";
import type { PullFacts } from "./thread.ts";

/** The task of the jobs that deliveries about mirrored conversations become. */
export const mirrorTask = "mirror";

/** What an edge heard of a mirrored conversation. */
export type MirrorChange = PullChange | GitHubChange | SlackChange | CopyGone | RootGone;

/** The pull request itself changed. */
export interface PullChange {
  readonly kind: "pull";
  readonly pull: PullFacts;
  /** Whether this alone is worth a thread. */
  readonly begins: boolean;
  /** What its author said by opening it: the thread's first message stands for that. */
  readonly opening?: { readonly key: string; readonly saidAt: number };
}

/** Something was said on the pull request, or changed, or deleted. */
export interface GitHubChange {
  readonly kind: "github";
  readonly pull: PullFacts;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly saidAt: number;
  readonly author: { readonly id: number; readonly login: string };
  /** The page of what was said. */
  readonly url: string;
  /** Absent when it was deleted. */
  readonly said?: { readonly version: Version; readonly blocks: readonly SaidBlock[]; readonly about?: string; readonly editedBy?: string };
}

/** Something was said in a thread of a channel that is mirrored, or changed, or deleted. */
export interface SlackChange {
  readonly kind: "slack";
  readonly channel: string;
  readonly threadTs: string;
  readonly ts: string;
  readonly user: string;
  /** Absent when it was deleted. */
  readonly said?: { readonly version: Version; readonly blocks: readonly SlackBlock[] };
}

/** People and channels are named when it is passed on: Slack writes their ids. */
export type SlackBlock = { readonly kind: "code"; readonly text: string } | { readonly kind: "text"; readonly cells: readonly SlackCell[] };
export type SlackCell = string | { readonly text: string; readonly url: string } | { readonly user: string } | { readonly channel: string };

/** Somebody deleted our copy of an item. */
export interface CopyGone {
  readonly kind: "copy_gone";
  readonly message: string;
}

/** Somebody deleted the first message of a thread. */
export interface RootGone {
  readonly kind: "root_gone";
  readonly root: string;
}

/** Changes of one conversation, heard on one side, are taken in order. */
export function toMirrorJob(id: string, change: MirrorChange): NewJob {
  return { id: `mirror:${id}`, task: mirrorTask, payload: change as never, lane: laneOf(change), maxAttempts: attempts };
}

/** At the queue's longest delay between attempts this is half a day, as for messages. */
export const attempts = 300;

function laneOf(change: MirrorChange): string {
  switch (change.kind) {
    case "pull":
    case "github":
      return heardOn.github(change.pull.subjectId);
    case "slack":
      return heardOn.slack(change.channel, change.threadTs);
    case "copy_gone":
      return `mirror:heard:${change.message}`;
    case "root_gone":
      return `mirror:heard:${change.root}`;
  }
}

export const heardOn = {
  github: (subjectId: string): string => `mirror:heard:${subjectId}`,
  slack: (channel: string, threadTs: string): string => `mirror:heard:${channel}/${threadTs}`,
};
