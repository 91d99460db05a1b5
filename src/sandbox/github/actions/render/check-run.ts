import { nodeId } from "../../node-id.ts";
import { isConclusion, type Job } from "../job.ts";
import { conclusionOf, statusOf, type WorkflowRun } from "../run.ts";
import type { Scene } from "../scene.ts";
import { renderAccount } from "./account.ts";
import { renderRepository } from "./repository.ts";
import { renderPulls } from "./run.ts";

/** A job as a check run, as the webhooks show it. */
export function renderCheckRun(scene: Scene, run: WorkflowRun, job: Job, annotations: number) {
  const { url } = scene;
  const api = `${url}/repos/${run.repository}`;
  const details = `${url}/${run.repository}/actions/runs/${run.id}/job/${job.id}`;
  const app = actionsApp(url);
  return {
    id: job.id,
    name: job.name,
    node_id: nodeId("CheckRun", job.id),
    head_sha: run.headSha,
    external_id: "",
    url: `${api}/check-runs/${job.id}`,
    html_url: details,
    details_url: details,
    ...(isConclusion(job.state)
      ? { status: "completed" as const, conclusion: job.state }
      : { status: job.state === "in_progress" ? job.state : ("queued" as const), conclusion: null }),
    started_at: job.startedAt ?? job.createdAt,
    completed_at: job.completedAt,
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: annotations,
      annotations_url: `${api}/check-runs/${job.id}/annotations`,
    },
    check_suite: {
      id: run.id,
      node_id: nodeId("CheckSuite", run.id),
      head_branch: run.headBranch,
      head_sha: run.headSha,
      status: statusOf(run.newest),
      conclusion: conclusionOf(run.newest),
      url: `${api}/check-suites/${run.id}`,
      before: null,
      after: run.headSha,
      pull_requests: renderPulls(scene),
      app,
      repository: renderRepository(scene.repository, url),
      created_at: run.createdAt,
      updated_at: run.newest.updatedAt,
    },
    app,
    pull_requests: renderPulls(scene),
  };
}

// The App that is GitHub Actions has this id everywhere.
const actionsApp = (url: string) => ({
  id: 15368,
  slug: "github-actions",
  node_id: nodeId("App", 15368),
  owner: renderAccount({ login: "github", id: 9919, node_id: nodeId("Organization", 9919), type: "Organization" }, url),
  name: "GitHub Actions",
  description: "Automate your workflow from idea to production",
  external_url: "https://help.github.com/en/actions",
  html_url: `${url}/apps/github-actions`,
  created_at: "2018-07-30T09:30:17Z",
  updated_at: "2024-04-10T20:33:16Z",
  permissions: { actions: "write", checks: "write", contents: "read", metadata: "read", statuses: "write" },
  events: ["check_run", "check_suite", "pull_request", "push", "workflow_dispatch", "workflow_run"],
});
