import { ServiceError, UserError } from "../errors.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { finishAsked } from "./asked.ts";
import { type ActionsCache, sizeInWords, totalSize } from "./caches.ts";
import { frozenSentence } from "./freezes.ts";
import type { Json } from "./json.ts";
import type { Asker, Place } from "./operations/operations.ts";
import { revise } from "./outbox.ts";
import type { Job } from "./queue.ts";
import type { Transaction } from "./records.ts";

export const clearCachesTask = "clear-caches";

/** GitHub allows about three changes a second. */
const spacingMs = 350;
const tellEvery = 25;
const mostAttempts = 8;
const keptMs = 24 * 60 * 60_000;

/** Caches that somebody agreed to delete. */
export interface Clearing {
  readonly intent: string;
  readonly repository: string;
  readonly place: Place;
  readonly asker: Asker;
  readonly caches: readonly ActionsCache[];
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
}

/** Many deletions take minutes, so they are a job of their own. */
export async function addClearing(clearing: Clearing, { queue }: Transaction): Promise<void> {
  const id = `clear-caches:${clearing.intent}`;
  await queue.add({ id, task: clearCachesTask, payload: clearing as unknown as Json, maxAttempts: mostAttempts });
}

/** How many of the caches were gone through, and which of them were still there. */
type Progress = { readonly done: number; readonly deleted: number; readonly bytes: number };

type Needs = Pick<Services, "caches" | "records" | "keys" | "wait" | "now">;

/** Deletes each by its exact key and ref, and goes on where a crash interrupted it. */
export function createClearCaches(services: Needs): (job: Job) => Promise<void> {
  const { caches, records, keys, wait } = services;
  return async ({ payload, attempt, signal }) => {
    const clearing = payload as unknown as Clearing;
    const key = `clearing:${clearing.intent}`;
    const before = await keys.get<Progress>(key);
    let progress: Progress = before ?? { done: 0, deleted: 0, bytes: 0 };
    try {
      for (const cache of clearing.caches.slice(progress.done)) {
        if (signal.aborted) return;
        if (progress.done % tellEvery === 0) await refuseWhileFrozen(clearing, records);
        // Kept before it is done: what was begun before a crash and is gone now was deleted by us.
        await keys.set(key, progress, keptMs);
        const isDeleted = (await caches.delete(clearing.repository, cache)) || progress.done === before?.done;
        progress = {
          done: progress.done + 1,
          deleted: progress.deleted + (isDeleted ? 1 : 0),
          bytes: progress.bytes + (isDeleted ? cache.sizeBytes : 0),
        };
        if (progress.done % tellEvery === 0) await tell(clearing, underWay(clearing, progress.done), records);
        await wait(spacingMs);
      }
    } catch (error) {
      const isOver = error instanceof UserError || (error instanceof ServiceError && attempt >= mostAttempts);
      if (!isOver) throw error;
      return end(clearing, stopped(clearing, progress, error), services);
    }
    await keys.set(key, progress, keptMs);
    await end(clearing, cleared(clearing, progress), services);
  };
}

async function refuseWhileFrozen({ repository }: Clearing, records: Services["records"]): Promise<void> {
  const freeze = await records.transaction(({ freezes }) => freezes.find(repository));
  if (freeze) throw new UserError("refused", "frozen", frozenSentence(freeze));
}

export function underWay({ caches, repository }: Pick<Clearing, "caches" | "repository">, done: number): Reply {
  const progress = done === 0 ? "" : `: ${done} done`;
  const sentence = `Deleting ${amount(caches.length)} (${sizeInWords(totalSize(caches))}) in ${repository}${progress}.`;
  return { outcome: "queued", reason: "clearing", audience: "thread", parts: [text(sentence, "busy")] };
}

const amount = (count: number): string => `${count} ${count === 1 ? "cache" : "caches"}`;

function cleared({ repository, asker, caches }: Clearing, { deleted, bytes }: Progress): Reply {
  const gone = caches.length - deleted;
  const already = gone === 0 ? "" : ` ${gone} ${gone === 1 ? "was" : "were"} gone already.`;
  const sentence = `${asker.name} deleted ${deleted} of ${amount(caches.length)} (${sizeInWords(bytes)}) in ${repository}.${already}`;
  return { outcome: "done", reason: "cleared", audience: "thread", parts: [text(sentence, "good")] };
}

function stopped({ caches, repository }: Clearing, { deleted }: Progress, error: UserError | ServiceError): Reply {
  const sentence = `${error.message} ${deleted} of ${amount(caches.length)} in ${repository} were deleted before that. Ask again to go on.`;
  const [outcome, reason] = error instanceof UserError ? [error.outcome, error.reason] : (["failed", "service_failed"] as const);
  return { outcome, reason, audience: "thread", parts: [text(sentence, "bad")] };
}

async function tell({ place: { message, ordinal } }: Clearing, reply: Reply, records: Services["records"]): Promise<void> {
  await records.transaction(({ outbox }) => revise(outbox, message, ordinal, reply));
}

async function end(clearing: Clearing, reply: Reply, { records, now }: Pick<Services, "records" | "now">): Promise<void> {
  const asked = { ...clearing, command: "clear-cache", text: "clear-cache" };
  await records.transaction((tx) => finishAsked(asked, reply, tx, now()));
}
