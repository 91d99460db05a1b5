import type { RestEndpointMethodTypes } from "@octokit/plugin-rest-endpoint-methods";
import { nodeId } from "../../node-id.ts";
import { type Attempt, conclusionOf, statusOf, type WorkflowRun } from "../run.ts";
import type { Scene } from "../scene.ts";
import { pathOfWorkflow } from "../workflow.ts";
import { renderAccount } from "./account.ts";
import { renderRepository } from "./repository.ts";

/** A workflow run as the API and the webhooks show it, as of one of its attempts. */
export function renderRun(scene: Scene, run: WorkflowRun, attempt: Attempt = run.newest) {
  const { url, commit } = scene;
  const api = `${url}/repos/${run.repository}`;
  const self = `${api}/actions/runs/${run.id}`;
  const repository = renderRepository(scene.repository, url);
  const { message, author, committer, tree } = commit.commit;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: nodeId("WorkflowRun", run.id),
    check_suite_id: run.id,
    check_suite_node_id: nodeId("CheckSuite", run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: pathOfWorkflow(run.workflow),
    display_title: run.title,
    run_number: run.number,
    run_attempt: attempt.number,
    referenced_workflows: [],
    event: run.event,
    status: statusOf(attempt),
    conclusion: conclusionOf(attempt),
    workflow_id: run.workflow.id,
    url: self,
    html_url: `${url}/${run.repository}/actions/runs/${run.id}`,
    pull_requests: renderPulls(scene),
    created_at: run.createdAt,
    updated_at: attempt.updatedAt,
    run_started_at: attempt.startedAt,
    actor: renderAccount(scene.account(run.actor), url),
    triggering_actor: renderAccount(scene.account(attempt.triggeringActor), url),
    jobs_url: `${self}/jobs`,
    logs_url: `${self}/logs`,
    check_suite_url: `${api}/check-suites/${run.id}`,
    artifacts_url: `${self}/artifacts`,
    cancel_url: `${self}/cancel`,
    rerun_url: `${self}/rerun`,
    previous_attempt_url: attempt.number > 1 ? `${self}/attempts/${attempt.number - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
    head_commit: {
      id: commit.sha,
      tree_id: tree.sha,
      message,
      timestamp: committer.date,
      author: { name: author.name, email: author.email },
      committer: { name: committer.name, email: committer.email },
    },
    repository,
    head_repository: renderRepository(scene.headRepository, url),
  } satisfies RestEndpointMethodTypes["actions"]["getWorkflowRun"]["response"]["data"];
}

export function renderPulls({ pulls }: Scene) {
  return pulls.map(({ id, number, url, head, base }) => ({ id, number, url, head: renderBranch(head), base: renderBranch(base) }));
}

const renderBranch = ({ ref, sha, repo }: Scene["pulls"][number]["head"]) => ({
  ref,
  sha,
  repo: { id: repo.id, url: repo.url, name: repo.name },
});
