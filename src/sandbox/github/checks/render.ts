import { renderRepository } from "../actions/render/repository.ts";
import { renderPulls } from "../actions/render/run.ts";
import type { Scene } from "../actions/scene.ts";
import { nodeId } from "../node-id.ts";
import type { World } from "../world.ts";
import type { OwnCheck } from "./own-checks.ts";

/** All check runs that an App made on a commit are one suite. */
export const suiteIdOf = (headSha: string): number => Number.parseInt(headSha.slice(0, 7), 16);

/** A check run of the App as REST and the webhooks show it. */
export function renderOwnCheck(scene: Scene, check: OwnCheck, { id, slug, name }: World["app"]) {
  const { url } = scene;
  const { repository, headSha } = check;
  const api = `${url}/repos/${repository}`;
  const suite = suiteIdOf(headSha);
  const app = {
    id,
    slug,
    node_id: nodeId("App", id),
    owner: scene.repository.owner,
    name,
    description: null,
    external_url: `${url}/apps/${slug}`,
    html_url: `${url}/apps/${slug}`,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    permissions: { checks: "write" },
    events: ["check_run"],
  };
  const pulls = renderPulls(scene);
  return {
    id: check.id,
    name: check.name,
    node_id: check.nodeId,
    head_sha: headSha,
    external_id: check.externalId,
    url: `${api}/check-runs/${check.id}`,
    html_url: checkUrl(url, check),
    details_url: check.detailsUrl ?? checkUrl(url, check),
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: check.title,
      summary: check.summary,
      text: null,
      annotations_count: 0,
      annotations_url: `${api}/check-runs/${check.id}/annotations`,
    },
    check_suite: {
      id: suite,
      node_id: nodeId("CheckSuite", suite),
      head_branch: scene.pulls[0]?.head.ref ?? null,
      head_sha: headSha,
      status: check.status,
      conclusion: check.conclusion,
      url: `${api}/check-suites/${suite}`,
      before: null,
      after: headSha,
      pull_requests: pulls,
      app,
      repository: renderRepository(scene.repository, url),
      created_at: check.startedAt,
      updated_at: check.completedAt ?? check.startedAt,
    },
    app,
    pull_requests: pulls,
  };
}

export const checkUrl = (url: string, { repository, id }: Pick<OwnCheck, "repository" | "id">): string => `${url}/${repository}/runs/${id}`;
