import { ServiceError, UserError } from "../errors.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type ActionsCache, sizeInWords, totalSize } from "./caches.ts";
import type { Json } from "./json.ts";
import type { Place } from "./operations/operations.ts";
import { revise } from "./outbox.ts";
import { type Job, Postponed } from "./queue.ts";
import type { Transaction } from "./records.ts";

export const clearCachesTask = "clear-caches";

/** GitHub allows about three changes a second. */
const spacingMs = 350;
const tellEvery = 25;
const mostAttempts = 8;
const lookAgainMs = 500;

/** Caches that somebody agreed to delete. */
export interface Clearing {
  readonly repository: string;
  readonly place: Place;
  readonly by: string;
  readonly caches: readonly ActionsCache[];
}

interface Progress {
  readonly deleted: readonly ActionsCache[];
  /** Deleted by somebody else in the meantime. */
  readonly gone: number;
}

/** Kept before each deletion, so that a crash neither forgets what was deleted nor deletes what has been made anew since. */
interface Step {
  /** The index of the cache that is about to be deleted. */
  readonly at: number;
  /** Indexes of those that were deleted before. */
  readonly deleted: readonly number[];
}
const stepKeptMs = 7 * 24 * 60 * 60_000;

/** Many deletions take minutes, so they are a job of their own. */
export async function addClearing(clearing: Clearing, intent: string, { queue }: Transaction): Promise<void> {
  await queue.add({ id: `clear-caches:${intent}`, task: clearCachesTask, payload: clearing as unknown as Json, maxAttempts: mostAttempts });
}

/** Deletes each by its exact key and ref; after a crash it goes on where it was. */
export function createClearCaches({
  caches,
  records,
  keys,
  wait,
}: Pick<Services, "caches" | "records" | "keys" | "wait">): (job: Job) => Promise<void> {
  return async ({ id, payload, attempt, signal }) => {
    const clearing = payload as unknown as Clearing;
    const before = await keys.get<Json & Step>(id);
    const first = before?.at ?? 0;
    const deleted = (before?.deleted ?? []).flatMap((index) => clearing.caches[index] ?? []);
    let gone = first - deleted.length;
    try {
      for (const [index, cache] of clearing.caches.entries()) {
        if (index < first) continue;
        if (signal.aborted) return;
        await keys.set(id, { at: index, deleted: deleted.map((one) => clearing.caches.indexOf(one)) }, stepKeptMs);
        const isDeleted = await caches.delete(clearing.repository, cache);
        // What was begun before a crash and is gone now was deleted by us.
        if (isDeleted || before?.at === index) deleted.push(cache);
        else gone += 1;
        if ((deleted.length + gone) % tellEvery === 0) await tell(clearing, progressReply(clearing, { deleted, gone }), records);
        await wait(spacingMs);
      }
    } catch (error) {
      if (error instanceof UserError) return tell(clearing, failure(clearing, deleted, error.message, "bot_not_permitted"), records);
      if (!(error instanceof ServiceError) || attempt < mostAttempts) throw error;
      return tell(clearing, failure(clearing, deleted, error.message, "service_failed"), records);
    }
    await tell(clearing, progressReply(clearing, { deleted, gone }), records);
  };
}

/** How far it is; at the end, what was done. */
export function progressReply({ repository, by, caches }: Clearing, { deleted, gone }: Progress): Reply {
  const isOver = deleted.length + gone === caches.length;
  const already = gone === 0 ? "" : ` ${gone} ${gone === 1 ? "was" : "were"} gone already.`;
  const amount = `${deleted.length} of ${caches.length} caches (${sizeInWords(totalSize(deleted))})`;
  const sentence = isOver
    ? `${by} deleted ${amount} in ${repository}.${already}`
    : `Deleting ${caches.length} caches (${sizeInWords(totalSize(caches))}) in ${repository}: ${deleted.length + gone} done.`;
  return {
    outcome: isOver ? "done" : "queued",
    reason: isOver ? "cleared" : "clearing",
    audience: "thread",
    parts: [text(sentence, isOver ? "good" : "busy")],
  };
}

function failure({ caches, repository }: Clearing, deleted: readonly ActionsCache[], why: string, reason: string): Reply {
  const sentence = `${why} ${deleted.length} of ${caches.length} caches in ${repository} were deleted before that. Ask again to go on.`;
  return { outcome: "failed", reason, audience: "thread", parts: [text(sentence, "bad")] };
}

async function tell({ place: { message, ordinal } }: Clearing, reply: Reply, records: Services["records"]): Promise<void> {
  const isTold = await records.transaction(({ outbox }) => revise(outbox, message, ordinal, reply));
  if (!isTold) throw new Postponed(lookAgainMs);
}
