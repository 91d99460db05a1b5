import { ServiceError, UserError } from "../../../errors.ts";
import type { Services } from "../../../services.ts";
import type { Job, NewJob } from "../../queue.ts";
import { followedAmong } from "../pipeline-of.ts";
import { keepPull, showsCosts } from "./on-pull-run.ts";
import { findPull, newPull, standingOf } from "./pull-failures.ts";
import { findOut } from "./show-pull.ts";
import { tellOut } from "./tell-author.ts";
import { type Whose, type WhoseNeeds, whosePull } from "./whose-pull.ts";

/** The task of the job that tells an author that the merge queue let go of their pull request. */
export const dequeuedTask = "pull-dequeued";

/** The run that failed in the queue ends at about the same time, and is told with it. */
const togetherMs = 15_000;
const patientAttempts = 4;

export interface Dequeued {
  readonly repository: string;
  readonly isPrivate: boolean;
  readonly number: number;
  readonly headSha: string;
  readonly url: string;
  /** GitHub's word; absent when it was put into the queue again. */
  readonly reason?: string;
}

export const toDequeued = (delivery: string, dequeued: Dequeued, receivedAt: number): NewJob => ({
  id: `pull-dequeued:${delivery}`,
  task: dequeuedTask,
  payload: { dequeued: { ...dequeued }, delivery },
  lane: `pull-dequeued:${dequeued.repository.toLowerCase()}#${dequeued.number}`,
  ...(dequeued.reason !== undefined && { runAt: receivedAt + togetherMs }),
});

type Needs = WhoseNeeds & Pick<Services, "followed" | "internalsOn" | "now">;

/** Says on the pull request, and to its author, why the queue let go of it. */
export function createDequeued(services: Needs): (job: Job) => Promise<void> {
  const { records, followed, internalsOn, now } = services;
  return async ({ payload, attempt }) => {
    const { dequeued, delivery } = payload as unknown as { dequeued: Dequeued; delivery: string };
    const { repository, number, headSha, reason, url } = dequeued;
    if (!followedAmong(followed, repository)) return;
    if (reason === undefined) {
      return records.transaction(async (tx) => {
        const pull = await findPull(tx, repository, number);
        if (!pull?.out) return;
        const { out: _, ...queued } = pull;
        await keepPull(tx, { ...queued, showsCosts: showsCosts(dequeued, internalsOn) });
      });
    }
    const { slackUser, ...subjectId } = await whosePull(dequeued, services).catch((error: unknown): Whose => {
      if (error instanceof UserError || (error instanceof ServiceError && attempt > patientAttempts)) return {};
      throw error;
    });
    await records.transaction(async (tx) => {
      const known = (await findPull(tx, repository, number)) ?? newPull(repository, number);
      const before = { ...known, ...subjectId, showsCosts: showsCosts(dequeued, internalsOn) };
      const pull = { ...before, out: { reason, headSha }, isShown: before.isShown || before.subjectId !== undefined };
      await keepPull(tx, pull);
      const failed = standingOf(pull).red.find(({ place }) => place === "queue");
      if (slackUser !== undefined) await tellOut(tx, pull, failed, { slackUser, delivery, url }, await findOut(tx, pull), now());
    });
  };
}
