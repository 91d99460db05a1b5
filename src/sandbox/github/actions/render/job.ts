import type { RestEndpointMethodTypes } from "@octokit/plugin-rest-endpoint-methods";
import { nodeId } from "../../node-id.ts";
import { isPending, isUnderWay, type Job } from "../job.ts";
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
    ...renderState(job),
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

/** Status and conclusion, in which only the API parts a state. */
function renderState(job: Job) {
  const { state } = job;
  const conclusion = state === "queued" || state === "waiting" || state === "in_progress" ? null : state;
  return conclusion === null
    ? { status: state as "queued" | "waiting" | "in_progress", conclusion }
    : { status: "completed" as const, conclusion };
}

/** The steps so far; of a job that failed it is the last but one that did. */
function stepsOf(job: Job) {
  if (isPending(job) || job.startedAt === null) return [];
  const isOver = !isUnderWay(job);
  const { startedAt, completedAt } = job;
  const broken = job.state === "success" || job.state === "neutral" ? "success" : job.state === "cancelled" ? "cancelled" : "failure";
  return stepNames.flatMap((name, index) => {
    const isWork = index === stepNames.length - 2;
    const status = isOver || !isWork ? ("completed" as const) : ("in_progress" as const);
    if (!isOver && index === stepNames.length - 1) return [];
    const conclusion = !isOver && isWork ? null : isWork ? broken : "success";
    return [
      {
        name,
        status,
        conclusion,
        number: index + 1,
        started_at: startedAt,
        completed_at: status === "completed" ? (completedAt ?? startedAt) : null,
      },
    ];
  });
}

const stepNames = ["Set up job", "Run actions/checkout@v5", "Run make", "Complete job"];
