import type { PicoUsd } from "../usage/money.ts";
import type { JobCost } from "./runner-prices.ts";

/** One attempt of a job that had a runner and has ended. */
export interface RunnerJob extends JobCost {
  readonly repository: string;
  readonly runId: number;
  readonly attempt: number;
  readonly jobId: number;
  readonly name: string;
  readonly workflow: string;
  readonly headSha: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** GitHub's word: `success`, `failure`, … */
  readonly conclusion: string;
}

export interface RunnerQuery {
  /** When the jobs ended, in milliseconds since the epoch: from `since` on, before `until`. */
  readonly since?: number;
  readonly until?: number;
  readonly repository?: string;
  readonly pullRequest?: number;
}

/** What sums can be taken by. A label is the one that the price stands at. */
export const runnerKeys = ["pr", "job", "workflow", "label", "repository"] as const;
export type RunnerKey = (typeof runnerKeys)[number];

/** Time on runners, as it is billed, and what it cost. Every job is in one of the three times. */
export interface RunnerSpend {
  readonly pricedMs: number;
  readonly freeMs: number;
  readonly unpricedMs: number;
  readonly costPico: PicoUsd;
}

export interface RunnerSum extends RunnerSpend {
  /** The value of each key asked for, in their order; undefined where a run belongs to no pull request. One is `owner/name#12`. */
  readonly group: readonly (string | undefined)[];
  readonly jobs: number;
}

/** The attempts of a job that failed, and passed later on the same commit. */
export interface Flake extends RunnerSpend {
  readonly repository: string;
  readonly job: string;
  readonly failedAttempts: number;
  /** The runs of these attempts, in no order. */
  readonly runIds: readonly number[];
  readonly lastAt: number;
}

/** How long jobs ran, on what and for how much. Repositories' names ignore case. */
export interface RunnerMinutes {
  /** Writes a job down, once for its id and attempt. */
  record(job: RunnerJob): Promise<void>;
  /** Says what pull request a run is of, before or after its jobs; the first word counts. */
  place(repository: string, runId: number, pullRequest: number, at: number): Promise<void>;
  /** Sums over what fits the query, the dearest first; one group at most where no key is asked for. Any grouping adds up to the whole, exactly. */
  sums(query: RunnerQuery, by: readonly RunnerKey[]): Promise<readonly RunnerSum[]>;
  /**
   * The dearest first. An attempt counts where one that came after it passed on the same commit, and none of the same name failed beside
   * that: jobs of a matrix may share a name.
   */
  flakes(query: Omit<RunnerQuery, "pullRequest">): Promise<readonly Flake[]>;
}

/** What is older is forgotten: a year and a month. */
export const runnerJobsKeptForMs = 396 * 24 * 60 * 60_000;
