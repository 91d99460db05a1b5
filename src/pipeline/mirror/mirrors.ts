import type { MirrorItem } from "./item.ts";
import type { MirrorThread } from "./thread.ts";

/** Which conversation is which: pull requests and their threads in Slack, and what was said in one and copied to the other. */
export interface Mirrors {
  thread(key: string): Promise<MirrorThread | undefined>;
  /** The pull request by the node id that GitHub gives it. */
  threadOf(subjectId: string): Promise<MirrorThread | undefined>;
  /** The thread that this message of ours begins. */
  threadAt(channel: string, ts: string): Promise<MirrorThread | undefined>;
  /** The thread by the outbox key of its first message. */
  threadOfRoot(root: string): Promise<MirrorThread | undefined>;
  putThread(thread: MirrorThread): Promise<void>;
  /** Whether a root message that was tried since that moment may be in the channel without our knowing its timestamp. */
  hasUncertainRoot(channel: string, since: number): Promise<boolean>;
  item(key: string): Promise<MirrorItem | undefined>;
  putItem(item: MirrorItem): Promise<void>;
  /** How much the author said in the conversation from one moment to another, by when they said it. */
  countSaid(thread: string, author: string, since: number, until: number): Promise<number>;
}
