import type { RunRefusal, RunRefused, Runs, WorkflowRun } from "../../pipeline/runs.ts";
import { act, type Refused } from "./act.ts";
import { type GitHub, inRepository } from "./client.ts";
import { GitHubError, rethrow, toGitHubError } from "./errors.ts";
import { toRunRefused } from "./run-refusals.ts";
import { toRun, toRunJob } from "./to-run.ts";

const pageSize = 100;
const mostPages = 10;

/** Reads runs and acts on them through REST, because GraphQL knows neither attempts nor re-runs. */
export function githubRuns(github: GitHub): Runs {
  return {
    async ofCommit(repository, headSha) {
      const { rest } = await github.forRepository(repository);
      const runs: WorkflowRun[] = [];
      for (let page = 1; page <= mostPages; page++) {
        const asked = { ...inRepository(repository), head_sha: headSha, per_page: pageSize, page };
        const { data } = await rest.actions.listWorkflowRunsForRepo(asked).catch(rethrow);
        runs.push(...data.workflow_runs.map(toRun));
        if (page * pageSize >= data.total_count) break;
      }
      return newestOfEach(runs);
    },

    async find(repository, runId) {
      const { rest } = await github.forRepository(repository);
      try {
        return toRun((await rest.actions.getWorkflowRun({ ...inRepository(repository), run_id: runId })).data);
      } catch (error) {
        const failure = toGitHubError(error);
        if (failure instanceof GitHubError && failure.status === 404) return undefined;
        throw failure;
      }
    },

    async jobs(repository, runId, attempt) {
      const { rest } = await github.forRepository(repository);
      const jobs = [];
      for (let page = 1; page <= mostPages; page++) {
        const asked = { ...inRepository(repository), run_id: runId, per_page: pageSize, page };
        const listing =
          attempt === undefined
            ? rest.actions.listJobsForWorkflowRun({ ...asked, filter: "latest" })
            : rest.actions.listJobsForWorkflowRunAttempt({ ...asked, attempt_number: attempt });
        const { data } = await listing.catch(rethrow);
        jobs.push(...data.jobs.map(toRunJob));
        if (page * pageSize >= data.total_count) break;
      }
      return jobs;
    },

    rerun: (repository, { runId, jobId, debug }) =>
      asked(
        act<unknown>(github, repository, (rest) => {
          const more = debug ? { enable_debug_logging: true } : {};
          return jobId === undefined
            ? rest.actions.reRunWorkflowFailedJobs({ ...inRepository(repository), run_id: runId, ...more })
            : rest.actions.reRunJobForWorkflowRun({ ...inRepository(repository), job_id: jobId, ...more });
        }),
      ),

    async cancel(repository, runId) {
      const acted = act<unknown>(github, repository, (rest) =>
        rest.actions.cancelWorkflowRun({ ...inRepository(repository), run_id: runId }),
      );
      return asked(acted, { 409: "already_over" });
    },

    approve: (repository, runId) =>
      asked(act<unknown>(github, repository, (rest) => rest.actions.approveWorkflowRun({ ...inRepository(repository), run_id: runId }))),
  };
}

/** @param special statuses that mean something of their own here */
async function asked(
  acted: Promise<{ data: unknown } | { refused: Refused }>,
  special: Readonly<Record<number, RunRefusal>> = {},
): Promise<RunRefused | undefined> {
  const answer = await acted;
  if (!("refused" in answer)) return undefined;
  const because = special[answer.refused.status];
  return because ? { because, said: answer.refused.said } : toRunRefused(answer.refused);
}

/** An older run of the same workflow and event says nothing about the commit any more. */
function newestOfEach(runs: readonly WorkflowRun[]): WorkflowRun[] {
  const newest = new Map<string, WorkflowRun>();
  for (const run of runs.toSorted((one, other) => one.id - other.id)) newest.set(`${run.workflow.id}:${run.event}`, run);
  return [...newest.values()];
}
