import type { Reply } from "../reply.ts";

/** Where a message goes. */
export type Address = GitHubAddress | GitHubPostAddress | GitHubCheckAddress | GitHubReviewAddress | SlackAddress | SlackPostAddress;

export interface GitHubAddress {
  readonly surface: "github";
  readonly repository: string;
  /** Node id of what is commented on. */
  readonly subjectId: string;
  /** The thread under it, where it is not the conversation itself. */
  readonly thread?: GitHubThread;
  /** When somebody deletes the comment, it is not written again. */
  readonly staysDeleted?: true;
}

/** A thread of a review, by the numeric id of its first comment, or what is said in a Discussion. */
export type GitHubThread = { readonly kind: "review"; readonly commentId: number } | DiscussionThread;

/** The comments of a Discussion or, of one of them, the replies. */
export interface DiscussionThread {
  readonly kind: "discussion";
  /** Node id of the comment; it may itself be a reply, and then those beside it are meant. */
  readonly commentId?: string;
  readonly isReply?: true;
}

/** What the bot says on GitHub of its own accord: a Discussion of its own. */
export interface GitHubPostAddress {
  readonly surface: "github_post";
  readonly repository: string;
  /** Slug of the category that it is begun in. */
  readonly category: string;
  /** Putting the message again with another title renames the Discussion. */
  readonly title: string;
}

/** What the bot says of a commit: a check run of its own, which never moves to another commit. Put it by `putCheck`. */
export interface GitHubCheckAddress {
  readonly surface: "github_check";
  readonly repository: string;
  /** The full hash of the commit. */
  readonly headSha: string;
  /** As GitHub lists it among the checks. */
  readonly name: string;
}

/**
 * What the bot says on lines of a pull request: one review without a verdict, with an answer for each thread, in their order. It is posted once
 * and never edited; what GitHub takes no comment on is told by a job of `unplacedTask`.
 */
export interface GitHubReviewAddress {
  readonly surface: "github_review";
  readonly repository: string;
  /** Node id of the pull request. */
  readonly subjectId: string;
  /** The commit that was looked at. */
  readonly headSha: string;
  /** At most 30 are posted. */
  readonly threads: readonly ReviewThread[];
}

/** The lines of the file as the change leaves it. */
export interface ReviewThread {
  readonly path: string;
  /** The last of them. */
  readonly line: number;
  /** The first of them, where they are more than one. */
  readonly startLine?: number;
  /** Names what was found for ever, whichever review says it: its fingerprint. */
  readonly finding: string;
}

/** An answer to somebody in Slack, where they asked. */
export interface SlackAddress {
  readonly surface: "slack";
  readonly user: string;
  readonly channel: string;
  /** The thread that it was asked in. */
  readonly threadTs?: string;
  /** Takes five answers within 30 minutes of the request; afterwards the person gets a private message. A mention has none. */
  readonly responseUrl?: string;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
}

/** What the bot says in Slack of its own accord. */
export interface SlackPostAddress {
  readonly surface: "slack_post";
  readonly to: { readonly channel: string } | { readonly user: string };
  /** The thread it belongs to: a timestamp, or the outbox key of its first message, which went into the same lane before it. */
  readonly thread?: { readonly ts: string } | { readonly message: string };
  /** It is shown in the channel besides: Slack's "also send to channel". */
  readonly isBroadcast?: true;
  /** It is for those in the channel alone: where that takes no messages it waits, and is said nowhere else. */
  readonly stays?: true;
}

/** What is said to one command, or of our own accord. */
export interface Answer {
  /** The command as it was understood: `status #12`. */
  readonly command?: string;
  readonly reply: Reply;
  /** Of a check run: the press of a button that it answers, and who pressed it. */
  readonly press?: { readonly id: string; readonly by: string };
}

export interface OutgoingMessage {
  /** Names the message for ever; putting it again with other content edits it. */
  readonly key: string;
  /** Messages of one lane are sent in order, each waiting for the one before: a pull request. */
  readonly lane: string;
  readonly address: Address;
  /** Who asked, by name; absent where nobody did. */
  readonly asker?: string;
  /** None takes the message back: where it was sent it is deleted. */
  readonly answers: readonly Answer[];
}

export interface StoredMessage extends OutgoingMessage {
  /** 1 at first, one more for every edit. */
  readonly version: number;
  /** When sending was first tried, in milliseconds since the epoch: from then on the message may exist although `externalId` is unknown. */
  readonly triedAt?: number;
  /** The newest version that arrived. */
  readonly sentVersion?: number;
  /** What the surface calls the message; edits go there. */
  readonly externalId?: string;
}

/** Messages to people. Nothing is sent inside a transaction: `put` stores the message and the job that sends it. */
export interface Outbox {
  put(message: OutgoingMessage): Promise<void>;
  find(key: string): Promise<StoredMessage | undefined>;
  markTried(key: string): Promise<void>;
  markSent(key: string, version: number, externalId: string | undefined): Promise<void>;
  /** What was put into the lane since that moment (milliseconds since the epoch) and sent and not taken back, oldest first. */
  sentSince(lane: string, since: number): Promise<readonly StoredMessage[]>;
  /** How many messages went into the lane since that moment (milliseconds since the epoch). */
  countSince(lane: string, since: number): Promise<number>;
}

/** At the queue's longest delay between attempts this is half a day: an outage of Slack or GitHub loses no answer. */
export const sendAttempts = 300;

/** The task of the job that `Outbox.put` adds; its payload is the message's `{ key, version }`. */
export const sendTask = "send-message";

/**
 * Puts another reply in the place of one that was given. Who sees it stays as it was: what concerned the asker alone is never told to all,
 * and what everyone saw begin they see end.
 *
 * @returns false when the message is not there yet
 */
export async function revise(outbox: Outbox, key: string, ordinal: number, reply: Reply): Promise<boolean> {
  const message = await outbox.find(key);
  if (!message) return false;
  const answers = message.answers.map((answer, index) =>
    index === ordinal ? { ...answer, reply: { ...reply, audience: answer.reply.audience } } : answer,
  );
  const { lane, address, asker } = message;
  await outbox.put({ key, lane, address, ...(asker !== undefined && { asker }), answers });
  return true;
}
