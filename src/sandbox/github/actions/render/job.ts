import type { RestEndpointMethodTypes } from "@octokit/plugin-rest-endpoint-methods";
import { nodeId } from "../../node-id.ts";
import { isConclusion, isPending, type Job } from "../job.ts";
import type { WorkflowRun } from "../run.ts";

type JobResource = RestEndpointMethodTypes["actions"]["getJobForWorkflowRun"]["response"]["data"];

/** A job as the API and the webhooks show it. */
export function renderJob(url: string, run: WorkflowRun, job: Job) {
  const api = `${url}/repos/${run.repository}`;
  const isRun = job.startedAt !== null;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId("CheckRun", job.id),
    head_sha: run.headSha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${url}/${run.repository}/actions/runs/${run.id}/job/${job.id}`,
    ...(isConclusion(job.state) ? { status: "completed" as const, conclusion: job.state } : { status: job.state, conclusion: null }),
    created_at: job.createdAt,
    // What has not started says when it was made.
    started_at: job.startedAt ?? job.createdAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: stepsOf(job),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ["ubuntu-latest"],
    runner_id: isRun ? 1 : null,
    runner_name: isRun ? "GitHub Actions 1" : null,
    runner_group_id: isRun ? 0 : null,
    runner_group_name: isRun ? "GitHub Actions" : null,
  } satisfies JobResource;
}

/** The steps so far; the last but one does the work, and ends as the job does. */
function stepsOf(job: Job) {
  if (isPending(job) || job.startedAt === null) return [];
  const { startedAt, completedAt } = job;
  const done = (name: string, number: number, conclusion: "success" | "failure" | "cancelled", endedAt: string) => ({
    name,
    number,
    status: "completed" as const,
    conclusion,
    started_at: startedAt,
    completed_at: endedAt,
  });
  const first = [done("Set up job", 1, "success", startedAt), done("Run actions/checkout@v5", 2, "success", startedAt)];
  if (completedAt === null) {
    return [
      ...first,
      { ...done("Run make", 3, "success", startedAt), status: "in_progress" as const, conclusion: null, completed_at: null },
    ];
  }

  const isGood = job.state === "success" || job.state === "neutral";
  const conclusion = isGood ? "success" : job.state === "cancelled" ? "cancelled" : "failure";
  return [...first, done("Run make", 3, conclusion, completedAt), done("Complete job", 4, "success", completedAt)];
}
