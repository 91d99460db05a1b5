import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Settings } from "../../config/settings.ts";
import { ServiceError } from "../../errors.ts";
import type { Keys } from "../../pipeline/keys.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import type { Records } from "../../pipeline/records.ts";
import { answerTask, type SlackDelivery, toPayload } from "../delivery.ts";

/** Slack gives up after 3 s. */
export const storeWithinMs = 2_000;

export const storageIsDown = "Nothing was done: storage is down. Try again in a minute.";

export interface EdgeOptions {
  readonly settings: Settings;
  /** The names of the commands. */
  readonly names: readonly string[];
  readonly records: Records;
  readonly keys: Keys;
  readonly slack: WebClient;
  readonly log: Logger;
  readonly now: () => number;
}

/** What the listeners do with what they hear. */
export interface Edge extends EdgeOptions {
  /** false when it could not be stored in time: then nothing was done. */
  store(job: NewJob): Promise<boolean>;
}

export function createEdge(options: EdgeOptions): Edge {
  const { records, log } = options;
  return {
    ...options,
    async store(job) {
      try {
        await records.transaction(({ queue }) => queue.add(job), { beginWithinMs: storeWithinMs });
        return true;
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        log.error({ err: error, job: job.id }, "a delivery could not be stored");
        return false;
      }
    },
  };
}

export const toAnswerJob = (delivery: SlackDelivery): NewJob => ({ id: delivery.source, task: answerTask, payload: toPayload(delivery) });
