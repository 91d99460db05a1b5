import { createHash } from "node:crypto";
import type { Action, Reply } from "../reply.ts";
import type { Answer, GitHubCheckAddress, Outbox, StoredMessage } from "./outbox.ts";

/** The outbox key of the one check run of that name on a commit; GitHub keeps it as the check run's external id. */
export const checkKey = ({ repository, headSha, name }: Omit<GitHubCheckAddress, "surface">): string =>
  `check:${repository.toLowerCase()}:${headSha}:${name}`;

/**
 * Says something in a check run of our own, or with no reply that it is over. What people pressed in it before, and what came of it, stays
 * beside it.
 */
export async function putCheck(outbox: Outbox, check: Omit<GitHubCheckAddress, "surface">, reply: Reply | undefined): Promise<void> {
  const key = checkKey(check);
  const answers = reply ? [{ reply }, ...clicksOf(await outbox.find(key))] : [];
  await outbox.put({ key, lane: key, address: { surface: "github_check", ...check }, answers });
}

/** What people pressed, oldest first. */
export const clicksOf = (message: Pick<StoredMessage, "answers"> | undefined): readonly Answer[] => message?.answers.slice(1) ?? [];

/** What GitHub sends back when the button is pressed: which one, and what it stood for, so that another one in its place is not taken for it. */
export const buttonOf = ({ command }: Pick<Action, "command">, ordinal: number): string =>
  `a${ordinal}-${createHash("sha256").update(command).digest("hex").slice(0, 8)}`;

/** Somebody who pressed a button. */
export interface Press {
  /** Names the press, however often it is delivered. */
  readonly id: string;
  readonly by: string;
  /** What it stood for. */
  readonly command: string;
}

/**
 * Shows in the check run that somebody pressed a button, once.
 *
 * @returns the ordinal of the answer that is to say what came of it; undefined when there is nothing that it could be shown in
 */
export async function notePress(outbox: Outbox, key: string, { id, by, command }: Press): Promise<number | undefined> {
  const message = await outbox.find(key);
  if (!message || message.answers.length === 0) return undefined;
  const known = message.answers.findIndex(({ press }) => press?.id === id);
  if (known >= 0) return known;
  await putAnswers(outbox, message, [...message.answers, { command, reply: underWay, press: { id, by } }]);
  return message.answers.length;
}

/** Says in the check run what came of it. What it set going may have told more since; only a failure gives way to another try. */
export async function tellPress(outbox: Outbox, key: string, ordinal: number, reply: Reply): Promise<void> {
  const message = await outbox.find(key);
  const told = message?.answers[ordinal];
  if (!message || !told || (told.reply.reason !== underWay.reason && told.reply.outcome !== "failed")) return;
  const answers = message.answers.map((answer, index) => (index === ordinal ? { ...answer, reply } : answer));
  await putAnswers(outbox, message, answers);
}

const putAnswers = (outbox: Outbox, { key, lane, address }: StoredMessage, answers: readonly Answer[]): Promise<void> =>
  outbox.put({ key, lane, address, answers });

/** Stands where nothing has come of it yet. */
const underWay: Reply = { outcome: "queued", reason: "pressed", audience: "thread", parts: [] };
