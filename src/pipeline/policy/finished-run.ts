import type { Conclusion } from "./rule.ts";

/** An attempt of a workflow run that has ended, as GitHub told of it. */
export interface FinishedRun {
  readonly repository: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  /** What the pull request is to be merged into; absent where the delivery does not say it, as of a fork's. */
  readonly baseBranch?: string;
  readonly runId: number;
  /** Counts the runs of the workflow: a higher one began later. */
  readonly number: number;
  readonly attempt: number;
  readonly workflow: string;
  readonly workflowId: number;
  /** `push`, `pull_request`, … */
  readonly event: string;
  /** Of a merge queue's run the branch that it merges into. */
  readonly branch: string;
  /** Where the branch lies; another repository than `repository` for a fork's. */
  readonly headRepository: string;
  readonly headSha: string;
  readonly title: string;
  readonly conclusion: Conclusion;
  readonly actor: { readonly login: string; readonly isBot: boolean };
  readonly pullRequest?: number;
  readonly url: string;
}

/** What runs belong together: those of a pull request, or those of a branch. A fork's branch is not ours of the same name. */
export interface Subject {
  readonly key: string;
  /** `#12`, `main` */
  readonly name: string;
}

export function subjectOf({ repository, event, branch, headRepository, pullRequest }: FinishedRun): Subject {
  const where = repository.toLowerCase();
  if (pullRequest !== undefined) {
    const kind = event === "merge_group" ? "queue" : "pull";
    return { key: `${where}:${kind}:${pullRequest}`, name: kind === "queue" ? `#${pullRequest} in the merge queue` : `#${pullRequest}` };
  }
  if (!event.startsWith("pull_request")) return { key: `${where}:branch:${branch}`, name: branch };
  const isFork = headRepository.toLowerCase() !== where;
  return { key: `${where}:head:${headRepository.toLowerCase()}:${branch}`, name: isFork ? `${headRepository}:${branch}` : branch };
}
