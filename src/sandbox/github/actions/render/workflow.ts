import type { RestEndpointMethodTypes } from "@octokit/plugin-rest-endpoint-methods";
import { nodeId } from "../../node-id.ts";
import { pathOfWorkflow, type Workflow } from "../workflow.ts";

// Nothing in the sandbox is older than itself.
const startedAt = new Date().toISOString();

/** A workflow as the API and the webhooks show it. */
export function renderWorkflow(url: string, repository: string, workflow: Workflow) {
  const path = pathOfWorkflow(workflow);
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", workflow.id),
    name: workflow.name,
    path,
    state: "active",
    created_at: startedAt,
    updated_at: startedAt,
    url: `${url}/repos/${repository}/actions/workflows/${workflow.id}`,
    html_url: `${url}/${repository}/blob/main/${path}`,
    badge_url: `${url}/${repository}/actions/workflows/${workflow.file}/badge.svg`,
  } satisfies RestEndpointMethodTypes["actions"]["getWorkflow"]["response"]["data"];
}
