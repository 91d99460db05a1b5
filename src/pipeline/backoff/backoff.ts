import { shortSha } from "../next-step.ts";

/** So many failures of a job on one commit keep the commit from being retried without a person, until they are cleared. */
export const mostFailures = 3;

/** What is older is forgotten. */
export const keptForMs = 30 * 24 * 60 * 60_000;

/** How a job ended in one attempt of a run. */
export interface JobEnd {
  readonly repository: string;
  readonly headSha: string;
  readonly workflow: { readonly id: number; readonly name: string };
  readonly runId: number;
  readonly attempt: number;
  readonly job: string;
  readonly hasPassed: boolean;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
}

/** How often a job failed on one commit since it last passed there. */
export interface JobFailures {
  readonly workflow: JobEnd["workflow"];
  readonly job: string;
  readonly failures: number;
}

export interface Backoff {
  /** Takes down how jobs ended: each once for each attempt, however often and in whatever order it is told. Where two differ it failed. */
  add(ends: readonly JobEnd[]): Promise<void>;
  /**
   * The jobs that failed on the commit, by workflow and name. What was cleared does not count, nor what the job's success came after: in a
   * later attempt of the run, or later in another run of the workflow. GitHub's names ignore case, and so does this.
   */
  ofCommit(repository: string, headSha: string): Promise<readonly JobFailures[]>;
  /** Forgets the failures of the commit, and says how many counted; telling one of them again does not bring it back. */
  clear(repository: string, headSha: string): Promise<number>;
}

/** The jobs that failed so often that nothing of their commit is retried by itself. */
export const stoppedAmong = (counts: readonly JobFailures[]): readonly JobFailures[] =>
  counts.filter(({ failures }) => failures >= mostFailures);

/** `CI: test failed 3 times at ab12cd3, so …`; undefined when nothing stands against automatic retries. */
export function stoppedSentence(counts: readonly JobFailures[], headSha: string): string | undefined {
  const [worst, ...others] = stoppedAmong(counts).toSorted((one, other) => other.failures - one.failures);
  if (!worst) return undefined;
  const name = `${worst.workflow.name}: ${worst.job}`;
  const more = others.length === 1 ? "1 more job" : `${others.length} more jobs`;
  const failed =
    others.length === 0 ? `${name} failed ${worst.failures} times` : `${name} and ${more} failed ${mostFailures} times or more`;
  const them = others.length === 0 ? "it" : "them";
  return `${failed} at ${shortSha(headSha)}, so nothing retries ${them} by itself; clear-backoff allows that again.`;
}
