import type { Logger } from "pino";
import { originalOf } from "../../pipeline/mirror/copy.ts";
import type { StoredMessage } from "../../pipeline/outbox.ts";
import { outdated } from "../../pipeline/outdated.ts";
import { type Job, Postponed } from "../../pipeline/queue.ts";
import type { Transaction } from "../../pipeline/records.ts";
import { intentOfAnswer } from "../answer-once.ts";
import type { GitHub } from "./client.ts";
import { minimizeComment } from "./documents/comments.ts";

export const minimiseTask = "minimise";

/** The queue knows for as long which comments it hid. */
const lookBackMs = 7 * 24 * 3_600_000;
/** Answers and reactions go first. */
const spared = 3;

/** Hides, once, what a newer answer in the same place stands in for; a job for each comment, and none where there is nothing to hide. */
export async function minimiseOutdated({ lane, address }: StoredMessage, tx: Transaction, now: () => number): Promise<void> {
  if (address.surface !== "github") return;
  for (const message of outdated(await tx.outbox.sentSince(lane, now() - lookBackMs))) {
    if (message.address.surface !== "github" || !(await isOver(message, tx))) continue;
    const payload = { id: message.externalId ?? "", repository: message.address.repository };
    await tx.queue.add({ id: `minimise:${message.key}`, task: minimiseTask, payload });
  }
}

/** Whether nothing more will be told in it. */
async function isOver({ key, answers, version, sentVersion }: StoredMessage, { operations }: Transaction): Promise<boolean> {
  if (version !== sentVersion) return false;
  for (const [ordinal, { command = "", reply }] of answers.entries()) {
    if (reply.outcome === "queued" || reply.outcome === "joined") return false;
    const begun = await operations.ofIntent(intentOfAnswer(originalOf(key), ordinal, command));
    if (begun.some(({ stage }) => stage !== "ended")) return false;
  }
  return true;
}

/** Tidiness is worth no alarm: what cannot be hidden stays as it is. */
export function createMinimise(github: GitHub, log: Logger): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { id, repository } = payload as { id: string; repository: string };
    try {
      const { mutate, writePace } = await github.forRepository(repository);
      const waitMs = writePace.take(spared);
      if (waitMs > 0) throw new Postponed(waitMs);
      await mutate(minimizeComment, { id });
    } catch (error) {
      if (error instanceof Postponed) throw error;
      log.warn({ err: error, repository }, "an outdated answer could not be hidden");
    }
  };
}
