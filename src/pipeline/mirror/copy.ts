import type { Reply, Said } from "../../reply.ts";
import type { OutgoingMessage } from "../outbox.ts";
import { githubLane, type MirrorThread, slackLane } from "./thread.ts";

const prefix = "mirror:";

/** The outbox key of an item's copy. */
export const copyKey = (item: string): string => `${prefix}${item}`;

/** What an answer is called that a message of ours shows on the other side; any other message is called what it is called. */
export const originalOf = (message: string): string => (message.startsWith(prefix) ? message.slice(prefix.length) : message);

/** The item that a message of ours is the copy of. */
export const itemOfCopy = (message: string): string | undefined =>
  /^mirror:(?:github|slack):/.test(message) ? message.slice(prefix.length) : undefined;

/** Where the copy of what was said on that side goes; it names the conversation, so that a deleted item's copy is found too. */
export function copyTo(side: "slack" | "github", thread: MirrorThread, key: string, said: Said | undefined): OutgoingMessage {
  const answers = said === undefined ? [] : [{ reply: passedOn(said) }];
  return { key, answers, ...placeOf(side, thread) };
}

/** The address of a conversation on one side, and its lane. */
export function placeOf(side: "slack" | "github", { key, channel, root, pull }: MirrorThread): Pick<OutgoingMessage, "lane" | "address"> {
  if (side === "slack") {
    return { lane: slackLane(key), address: { surface: "slack_post", to: { channel }, thread: { message: root }, stays: true } };
  }
  const { repository, subjectId } = pull;
  return { lane: githubLane(key), address: { surface: "github", repository, subjectId, staysDeleted: true } };
}

const passedOn = (said: Said): Reply => ({ outcome: "done", reason: "mirrored", audience: "thread", parts: [said] });
