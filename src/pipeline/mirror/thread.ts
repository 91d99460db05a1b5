import { facts, type Mood, type Reply, text } from "../../reply.ts";
import type { OutgoingMessage } from "../outbox.ts";

/** What is known of a pull request, by the newest delivery that told of it. */
export interface PullFacts {
  readonly repository: string;
  readonly number: number;
  /** Its node id. */
  readonly subjectId: string;
  readonly title: string;
  readonly author: string;
  readonly url: string;
  readonly state: "open" | "draft" | "closed" | "merged";
  /** When GitHub changed it last, in milliseconds since the epoch. */
  readonly updatedAt: number;
  /** Only those who may write take part in its conversation. */
  readonly isLocked?: true;
}

/** A pull request's conversation and its one thread in Slack. */
export interface MirrorThread {
  /** `acme/shop#12`, in lower case. */
  readonly key: string;
  readonly channel: string;
  /** The outbox key of the message that begins the thread. */
  readonly root: string;
  readonly pull: PullFacts;
  /** `loop`: two bots seemed to talk to each other. `root_deleted`: somebody deleted the thread's first message. */
  readonly mode: "on" | "off" | "loop" | "root_deleted";
  /** When it was switched on again last, in milliseconds since the epoch. */
  readonly onSince?: number;
}

/** GitHub's names ignore case. */
export const threadKey = (repository: string, number: number): string => `${repository.toLowerCase()}#${number}`;

/** A new thread, in the channel that the repository is mirrored to. */
export function beginThread(pull: PullFacts, channel: string, generation = 1): MirrorThread {
  const key = threadKey(pull.repository, pull.number);
  return { key, channel, root: `mirror:root:${key}:${channel}:${generation}`, pull, mode: "on" };
}

/** The thread's next first message, after the earlier one was deleted. */
export function beginAgain(thread: MirrorThread): MirrorThread {
  const generation = Number(thread.root.split(":").at(-1)) + 1;
  return beginThread(thread.pull, thread.channel, generation);
}

/** Where somebody deleted the thread's first message, another one begins a new thread. */
export function switched(thread: MirrorThread, mode: "on" | "off", now: number): MirrorThread {
  if (mode === "on") return { ...(thread.mode === "root_deleted" ? beginAgain(thread) : thread), mode, onSince: now };
  return thread.mode === "root_deleted" ? thread : { ...thread, mode };
}

/** The first message: what the pull request is, kept up to date. */
export function rootMessage({ key, channel, root, pull, mode }: MirrorThread): OutgoingMessage {
  return {
    key: root,
    lane: slackLane(key),
    address: { surface: "slack_post", to: { channel }, stays: true },
    answers: [{ reply: describe(pull, mode) }],
  };
}

/** What the mirror says on each side keeps its order. */
export const slackLane = (thread: string): string => `mirror:slack:${thread}`;
export const githubLane = (thread: string): string => `mirror:github:${thread}`;

function describe(pull: PullFacts, mode: MirrorThread["mode"]): Reply {
  const { word, mood } = states[pull.state];
  return {
    outcome: "done",
    reason: "mirror_root",
    audience: "channel",
    parts: [
      text(`#${pull.number} ${pull.title}`, mood),
      facts({ label: "By", value: pull.author }, { label: "State", value: word }),
      text(modes[mode]),
    ],
    link: { text: `${pull.repository}#${pull.number} on GitHub`, url: pull.url },
  };
}

const states: Readonly<Record<PullFacts["state"], { word: string; mood: Mood }>> = {
  open: { word: "open", mood: "busy" },
  draft: { word: "draft", mood: "idle" },
  closed: { word: "closed, not merged", mood: "bad" },
  merged: { word: "merged", mood: "good" },
};

const modes: Readonly<Record<MirrorThread["mode"], string>> = {
  on: "Its comments are answered in this thread, and replies here become comments there.",
  off: "Not mirrored: somebody switched it off. With the command mirror on it goes on.",
  loop: "Not mirrored any more: one account said so much here within a short time that two bots must be talking to each other. With the command mirror on it goes on.",
  root_deleted: "",
};
