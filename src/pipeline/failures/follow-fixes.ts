import type { Services } from "../../services.ts";
import type { Fix } from "../known-issues/book.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Records } from "../records.ts";
import type { RunJob } from "../runs.ts";
import { fixIntent } from "./fix-wish.ts";

type Needs = Pick<Services, "runs" | "now"> & { readonly records: Records };

/**
 * Counts whether the fixes helped that were under way for the run's commit: a retry by how its job ended in a later attempt, a workflow by how
 * its own run did. Told of every run that has ended; where nothing is under way GitHub is not asked.
 */
export async function followFixes(run: FinishedRun, { records, runs, now }: Needs): Promise<void> {
  const { repository, headSha, runId, attempt } = run;
  const underWay = await records.transaction(({ knownIssues }) => knownIssues.underWay(repository, headSha));
  const retried = underWay.filter((fix) => fix.type === "retry" && fix.runId === runId && fix.attempt < attempt);
  const jobs = retried.length > 0 ? await runs.jobs(repository, runId, attempt) : [];

  await records.transaction(async (tx) => {
    for (const fix of underWay) {
      const hasSucceeded = retried.includes(fix) ? hasPassed(fix, jobs, run) : await hasHelped(fix);
      if (hasSucceeded !== undefined) await tx.knownIssues.end(fix, hasSucceeded, now());
    }

    async function hasHelped(fix: Fix): Promise<boolean | undefined> {
      if (fix.type !== "workflow") return undefined;
      const [started] = await tx.operations.ofIntent(fixIntent(fix, "workflow", fix.issue));
      return started?.runId === runId ? conclusion(run) : undefined;
    }
  });
}

/** A run may have two jobs of one name; undefined while it is not known. */
function hasPassed(fix: Fix, jobs: readonly RunJob[], run: FinishedRun): boolean | undefined {
  const ended = jobs.filter(({ name, attempt, isOver }) => name === fix.job && attempt > fix.attempt && isOver);
  if (ended.some(({ state }) => state === "failed")) return false;
  return ended.some(({ state }) => state === "passed") || run.conclusion === "success" ? true : undefined;
}

function conclusion({ conclusion: word }: FinishedRun): boolean | undefined {
  if (word === "success") return true;
  return ["failure", "timed_out", "startup_failure", "cancelled"].includes(word) ? false : undefined;
}
