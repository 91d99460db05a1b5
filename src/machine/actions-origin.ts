import { readFileSync } from "node:fs";
import type { Origin } from "../pipeline/sessions/origin.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What GitHub Actions says of the run that a session is in; nothing elsewhere.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function actionsOrigin(variables: Variables): Origin {
  if (variables.GITHUB_ACTIONS !== "true") return {};
  const { GITHUB_REPOSITORY: repository, GITHUB_ACTOR: actor, GITHUB_SHA: sha } = variables;
  const branch = variables.GITHUB_HEAD_REF || variables.GITHUB_REF_NAME;
  const pull = /^refs\/pull\/(\d{1,9})\/merge$/.exec(variables.GITHUB_REF ?? "")?.[1];
  const runId = numberIn(variables.GITHUB_RUN_ID);
  const attempt = numberIn(variables.GITHUB_RUN_ATTEMPT);
  // For a pull request GITHUB_SHA is a merge that nobody has seen.
  const headSha = pull === undefined ? sha : (pullHead(variables.GITHUB_EVENT_PATH) ?? sha);
  return {
    ...(repository && { repository }),
    ...(branch && { branch }),
    ...(headSha && { headSha }),
    ...(pull !== undefined && { pullRequest: Number(pull) }),
    ...(runId !== undefined && { runId }),
    ...(attempt !== undefined && { attempt }),
    ...(actor && { actor }),
  };
}

const numberIn = (text: string | undefined): number | undefined => (/^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : undefined);

/** The event's file is GitHub's own. */
function pullHead(path: string | undefined): string | undefined {
  try {
    const sha = JSON.parse(readFileSync(path ?? "", "utf8")).pull_request?.head?.sha;
    return typeof sha === "string" ? sha : undefined;
  } catch {
    return undefined;
  }
}
