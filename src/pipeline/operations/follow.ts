import { UserError } from "../../errors.ts";
import { toJobEnds } from "../backoff/record-attempt.ts";
import type { RunJob, WorkflowRun } from "../runs.ts";
import { ended, hasBegun } from "./act-on.ts";
import { covers, joinedTo } from "./covers.ts";
import { cancelledBy } from "./drop-waiting.ts";
import type { Operation } from "./operations.ts";
import { toEnd } from "./refusals.ts";
import { isDue, type RetryNeeds, retryNow, type Step } from "./retry-now.ts";
import { tell } from "./tell.ts";
import { watch } from "./watch.ts";

export type FollowNeeds = RetryNeeds;

/**
 * Looks how a run stands, and moves on every operation that waits for it. The run is read anew each time, so that deliveries may come twice,
 * late or out of order. Without an operation nothing is asked.
 *
 * @param isRepeated an earlier look may have died in the middle
 * @throws ServiceError: what moved until then is told
 */
export async function followRun(repository: string, runId: number, isRepeated: boolean, services: FollowNeeds): Promise<void> {
  const openNow = () => services.records.transaction(({ operations }) => operations.openOf(repository, runId));
  const open = await openNow();
  if (open.length === 0) return;

  let seen = await look(repository, runId, services);
  for (const { id } of open) {
    const others = await openNow();
    const operation = others.find((one) => one.id === id);
    if (!operation) continue;
    const { from, to } = await stepOf(operation, others, seen, isRepeated, services);
    if (to === operation) continue;
    await tell(from, to, services, operation.stage);
    // GitHub was asked for something: the run is another one now.
    if (from !== operation) seen = await look(repository, runId, services);
  }
}

type Seen = { readonly run: WorkflowRun | undefined; readonly jobs: readonly RunJob[] } | { readonly lost: UserError };

async function look(repository: string, runId: number, { runs, records, now }: FollowNeeds): Promise<Seen> {
  try {
    const run = await runs.find(repository, runId);
    const jobs = run ? await runs.jobs(repository, runId) : [];
    // The delivery that tells of a failure may have been missed.
    if (run?.isOver && run.state === "failed") {
      const { headSha, workflow, attempt } = run;
      const ends = toJobEnds({ repository, headSha, workflow, runId, attempt, hasFailed: true, heardAt: now() }, jobs);
      await records.transaction(({ backoff }) => backoff.add(ends));
    }
    return { run, jobs };
  } catch (error) {
    // The App was taken off the repository: nobody will ever see how it ends.
    if (error instanceof UserError) return { lost: error };
    throw error;
  }
}

async function stepOf(
  operation: Operation,
  others: readonly Operation[],
  seen: Seen,
  isRepeated: boolean,
  services: FollowNeeds,
): Promise<Step> {
  const step = (to: Operation): Step => ({ from: operation, to });
  if ("lost" in seen) {
    const { outcome, reason, message } = seen.lost;
    return step(ended(operation, { kind: "refused", outcome, reason, message }));
  }
  const { run, jobs } = seen;
  const { repository, kind, wish, stage } = operation;
  if (!run) return step(ended(operation, toEnd({ because: "not_found", said: "" }, kind, { repository, workflow: wish.workflow })));

  const cancelling = stage === "waiting" ? others.find((other) => other.kind === "cancel") : undefined;
  if (cancelling) return step(ended(operation, cancelledBy(cancelling.asker.name, operation)));
  const leader = others.find((other) => covers(other, operation) && leads(other, run));
  if (leader && stage === "waiting") return step(joinedTo(leader, operation));
  if (!leader && isDue(operation, run, isRepeated)) return retryNow(operation, run, jobs, services);
  return step(watch(operation, run, jobs, services.now()));
}

/** Whether it asked GitHub itself, or what it joined has begun. */
const leads = (other: Operation, run: WorkflowRun): boolean => other.stage !== "waiting" && (!other.isJoined || hasBegun(other, run));
