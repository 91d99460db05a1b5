import type { FinishedRun } from "../policy/finished-run.ts";
import type { Place } from "./diagnoses.ts";
import type { FailureFacts } from "./facts.ts";

/** What the run was of; a fork's branch is not ours of the same name. */
export function placeOf({ repository, event, branch, headRepository, pullRequest }: FinishedRun): Place {
  if (pullRequest !== undefined) return event === "merge_group" ? `queue:${pullRequest}` : `pull:${pullRequest}`;
  const isOurs = headRepository.toLowerCase() === repository.toLowerCase();
  return isOurs && !event.startsWith("pull_request") ? `branch:${branch}` : `branch:${headRepository}:${branch}`;
}

/** A pull request in the merge queue is no other one. */
export const isSamePlace = (one: Place, other: Place): boolean => one.replace(/^queue:/, "pull:") === other.replace(/^queue:/, "pull:");

export function kindOf(run: FinishedRun): FailureFacts["of"] {
  if (run.event.startsWith("pull_request")) return "pull_request";
  return placeOf(run) === `branch:${run.defaultBranch}` ? "main" : "other";
}
