import { type AutoFixNeeds, autoFix } from "../failures/auto-fix.ts";
import { followFixes } from "../failures/follow-fixes.ts";
import { knownDecisions } from "../orchestrator/known-decisions.ts";
import { learnTruth } from "../orchestrator/learn-truth.ts";
import { keyOfFailure, openJobs } from "../orchestrator/open-jobs.ts";
import { recordDecision } from "../orchestrator/record.ts";
import { toTriageRun } from "../orchestrator/triage-job.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { isFailure } from "../policy/standing.ts";
import type { Job, NewJob } from "../queue.ts";
import type { KeepNeeds } from "./keep.ts";
import { noteFixes } from "./note-fixes.ts";
import { followedAmong, keyOf, type PipelineSubject } from "./pipeline-of.ts";
import { notePullFixes } from "./pulls/on-pull-run.ts";

/** The task of the job that does what is known to help. */
export const fixRunTask = "fix-run";

/** By itself, because GitHub may not answer just now: what is told of a failure, and the next run of its branch, wait for none of it. */
export const toFixRun = (run: FinishedRun, subject: PipelineSubject | undefined): NewJob => ({
  id: `fix-run:${run.repository.toLowerCase()}:${run.runId}:${run.attempt}`,
  task: fixRunTask,
  payload: { run: { ...run }, ...(subject && { key: keyOf(subject) }) } as never,
});

/** Does what is known to help against a failure, or offers it, and counts whether what was done before has helped. */
export function createFixRun(services: KeepNeeds & AutoFixNeeds): (job: Job) => Promise<void> {
  const { records } = services;
  return async ({ payload }) => {
    const { run, key } = payload as unknown as { run: FinishedRun; key?: string };
    await followFixes(run, services);
    await learnTruth(run, services);
    if (!isFailure(run.conclusion)) return;
    const diagnosis = await records.transaction(({ diagnoses }) => diagnoses.ofRun(run.repository, run.runId, run.attempt));
    const followed = followedAmong(services.followed, run.repository);
    if (!diagnosis || !followed) return;
    const decided = await autoFix(run, diagnosis, services);
    const fixes = decided.map(({ decision }) => decision);
    const open = openJobs(diagnosis);
    await records.transaction(async (tx) => {
      for (const decision of knownDecisions(run, diagnosis, decided, followed.autoFix.mode, services.now()))
        await recordDecision(tx, decision);
      // What no known issue decides is for whoever comes next.
      if (open.length > 0 || diagnosis.jobs.length === 0) await tx.queue.add(toTriageRun(run, key, keyOfFailure(open, run)));
      if (fixes.length === 0) return;
      if (key !== undefined) await noteFixes(tx, key, run.runId, fixes, services);
      await notePullFixes(tx, run, fixes);
    });
  };
}
