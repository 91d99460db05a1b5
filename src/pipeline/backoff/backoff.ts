import { shortSha } from "../next-step.ts";

/** So many failed attempts of one run keep its workflow from being retried on the commit, until they are cleared or there is a new commit. */
export const mostFailures = 3;

/** What is older is forgotten. */
export const keptForMs = 30 * 24 * 60 * 60_000;

/** An attempt of a run that failed. */
export interface Failure {
  readonly repository: string;
  readonly headSha: string;
  readonly workflow: { readonly id: number; readonly name: string };
  readonly runId: number;
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly failedAt: number;
}

/** How often a workflow failed on one commit: in the run that failed most. Two events, or a schedule, may each begin one. */
export interface FailureCount {
  readonly workflow: Failure["workflow"];
  readonly failures: number;
}

export interface Backoff {
  /** Counts each attempt once, however often it is told. */
  add(failure: Failure): Promise<void>;
  /** The workflows that failed on the commit, by name; what was cleared does not count. GitHub's names ignore case, and so does this. */
  ofCommit(repository: string, headSha: string): Promise<readonly FailureCount[]>;
  /** Forgets the failures of the commit, and says how many they were; telling one of them again does not bring it back. */
  clear(repository: string, headSha: string): Promise<number>;
}

/** The workflows that may not be retried. */
export const blockedAmong = (counts: readonly FailureCount[]): readonly FailureCount[] =>
  counts.filter(({ failures }) => failures >= mostFailures);

/** `CI failed 3 times at ab12cd3, so …` */
export function blockedSentence({ workflow, failures }: FailureCount, headSha: string): string {
  return `${workflow.name} failed ${failures} times at ${shortSha(headSha)}, so I do not retry it: push a fix, or allow it with clear-backoff.`;
}
