import type { FixDecision } from "../../failures/fix-words.ts";
import type { Json } from "../../json.ts";
import type { FinishedRun } from "../../policy/finished-run.ts";
import type { Transaction } from "../../records.ts";

/** The jobs of a run that failed with the error of an incident. */
export interface Part {
  readonly incident: number;
  readonly jobs: readonly string[];
}

/** How one workflow of a pull request stands: its newest run that passed or failed, on the pull request itself or in the merge queue. */
export interface PullRun {
  readonly place: "pull" | "queue";
  readonly workflowId: number;
  readonly workflow: string;
  readonly event: string;
  readonly runId: number;
  readonly number: number;
  readonly attempt: number;
  readonly headSha: string;
  readonly url: string;
  readonly isRed: boolean;
  /** This one or one before it failed. */
  readonly hasFailed: boolean;
  /** What it is part of. */
  readonly parts: readonly Part[];
  /** The merge queue's own incident. */
  readonly incident?: number;
  readonly fixes: readonly FixDecision[];
}

/** What its author is told of a pull request. */
export interface PullFailures {
  readonly repository: string;
  readonly number: number;
  /** Its node id, once it was asked for. */
  readonly subjectId?: string;
  readonly runs: readonly PullRun[];
  /** Whether the comment is there; before the first failure there is none. */
  readonly isShown: boolean;
  /** Whether what it cost may be told there: not where everybody can read it, as far as we heard last. */
  readonly showsCosts?: boolean;
  /** The heads whose failure the author was told in private, the newest last. */
  readonly told: readonly string[];
  /** It was taken out of the merge queue, as that head. */
  readonly out?: { readonly reason: string; readonly headSha: string };
}

const keyOf = (repository: string, number: number): string => `pull-failures:${repository.toLowerCase()}#${number}`;

export const findPull = ({ notes }: Transaction, repository: string, number: number): Promise<PullFailures | undefined> =>
  notes.find(keyOf(repository, number));

export const putPull = ({ notes }: Transaction, pull: PullFailures): Promise<void> =>
  notes.put(keyOf(pull.repository, pull.number), pull as unknown as Json);

export const newPull = (repository: string, number: number): PullFailures => ({ repository, number, runs: [], isShown: false, told: [] });

export function toPullRun(run: FinishedRun, isRed: boolean): PullRun {
  const { workflowId, workflow, event, runId, number, attempt, headSha, url } = run;
  const place = event === "merge_group" ? "queue" : "pull";
  return { place, workflowId, workflow, event, runId, number, attempt, headSha, url, isRed, hasFailed: isRed, parts: [], fixes: [] };
}

const isSameWorkflow = (one: PullRun, other: PullRun): boolean => one.workflowId === other.workflowId && one.event === other.event;

export const isSameAttempt = (one: Pick<PullRun, "runId" | "attempt">, other: Pick<PullRun, "runId" | "attempt">): boolean =>
  one.runId === other.runId && one.attempt === other.attempt;

/** With this run heard: of each workflow the newest one counts, in whatever order and however often they come. */
export function heardRun(pull: PullFailures, run: PullRun): PullFailures {
  const before = pull.runs.find((one) => isSameWorkflow(one, run));
  const others = pull.runs.filter((one) => one !== before);
  return { ...pull, runs: [...others, before ? newerOf(before, run) : run].toSorted(byName) };
}

/** GitHub counts runs upwards, and the attempts of each. */
function newerOf(before: PullRun, run: PullRun): PullRun {
  const hasFailed = before.hasFailed || run.hasFailed;
  const order = run.runId - before.runId || run.attempt - before.attempt;
  return { ...(order > 0 ? run : before), hasFailed };
}

const byName = (one: PullRun, other: PullRun): number =>
  one.place.localeCompare(other.place) ||
  one.workflow.localeCompare(other.workflow) ||
  one.workflowId - other.workflowId ||
  one.event.localeCompare(other.event);

/** The pull request with that attempt changed, where it is still the newest of its workflow. */
export const withRun = (pull: PullFailures, of: Pick<PullRun, "runId" | "attempt">, change: (run: PullRun) => PullRun): PullFailures => ({
  ...pull,
  runs: pull.runs.map((run) => (isSameAttempt(run, of) ? change(run) : run)),
});

export interface Standing {
  /** The head that ran last; empty where only the merge queue was heard of. */
  readonly headSha: string;
  /** What is red of it, and of its last turn in the merge queue. */
  readonly red: readonly PullRun[];
  /** What failed at an earlier head and has not ended at this one. */
  readonly awaited: readonly PullRun[];
  /** Whether anything ever did. */
  readonly hasFailed: boolean;
}

/** How the pull request stands at its newest head. */
export function standingOf({ runs }: PullFailures): Standing {
  const ofPull = runs.filter(({ place }) => place === "pull");
  const ofQueue = runs.filter(({ place }) => place === "queue");
  const headSha = newest(ofPull)?.headSha ?? "";
  const atHead = ofPull.filter((run) => run.headSha === headSha);
  const turn = newest(ofQueue)?.headSha;
  // A head that is newer than its turn in the queue has not had one.
  const inQueue = ofQueue.filter((run) => run.headSha === turn && !atHead.some(({ runId }) => runId > run.runId));
  return {
    headSha,
    red: [...atHead, ...inQueue].filter(({ isRed }) => isRed),
    awaited: [
      ...ofPull.filter((run) => run.hasFailed && run.headSha !== headSha),
      ...ofQueue.filter((run) => run.isRed && run.headSha === turn && !inQueue.includes(run)),
    ],
    hasFailed: runs.some((run) => run.hasFailed),
  };
}

const newest = (runs: readonly PullRun[]): PullRun | undefined => runs.toSorted((one, other) => other.runId - one.runId)[0];
