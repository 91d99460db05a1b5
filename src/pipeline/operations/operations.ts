import type { Outcome } from "../../reply.ts";
import type { GitHubAccount } from "../access.ts";
import type { JobState } from "../pipelines.ts";

/**
 * Something long that a person set going on one workflow run, kept until its end is told. It is stored before GitHub is asked, so that a
 * crash in between leaves a trace of what may have been done.
 */
export interface Operation {
  /** The intent and a number: one wish may concern several runs. */
  readonly id: string;
  readonly intent: string;
  readonly kind: "retry" | "cancel" | "approve" | "dispatch";
  /**
   * `waiting` for the run's present attempt to end, `asked` of GitHub without a known answer, `running` on GitHub, `ended`.
   */
  readonly stage: "waiting" | "asked" | "running" | "ended";
  readonly repository: string;
  /** Unknown while a run that was asked for has not been found. */
  readonly runId?: number;
  /** Set where somebody else's operation does the same: this one only watches. */
  readonly isJoined?: true;
  readonly asker: Asker;
  readonly place: Place;
  readonly wish: Wish;
  readonly progress?: Progress;
  readonly end?: End;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  /** When GitHub was asked, for what had to wait. */
  readonly actedAt?: number;
}

export interface Asker {
  readonly key: string;
  readonly name: string;
  readonly surface: "slack" | "github";
  readonly account?: GitHubAccount;
  /** The pull request that it was asked on. */
  readonly pullRequest?: number;
}

/** Which answer of which message tells of it. */
export interface Place {
  readonly message: string;
  readonly ordinal: number;
}

/** What was asked for, as it stood when it was asked. */
export interface Wish {
  readonly workflow: string;
  readonly url: string;
  readonly headSha: string;
  readonly pullRequest?: number;
  /** The branch or commit, where it is no pull request. */
  readonly ref?: string;
  /** The attempt that was there: what is set going has a higher number. 0 for a run that is yet to start. */
  readonly attempt: number;
  /** The jobs that were red, by name: those to run again. */
  readonly jobs: readonly string[];
  /** How often those jobs fail elsewhere too, in sentences. */
  readonly rates?: readonly string[];
  /** One job only, instead of all that failed. */
  readonly oneJob?: true;
  readonly debug?: true;
  /** That its jobs failed so often that only people retry them, in a sentence. */
  readonly backoff?: string;
  /** For a run to start: the workflow's id, the inputs, and what was given along to know the run by. */
  readonly dispatch?: { readonly workflowId: number; readonly inputs: Readonly<Record<string, string>>; readonly correlation?: string };
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type End =
  | {
      readonly kind: "concluded";
      readonly state: JobState;
      readonly attempt: number;
      /** The jobs it was about, or those that are red. */
      readonly jobs: readonly { readonly name: string; readonly state: JobState; readonly url: string }[];
    }
  | {
      readonly kind: "refused";
      readonly outcome: Exclude<Outcome, "done" | "joined" | "queued">;
      readonly reason: string;
      readonly message: string;
    };

export interface Operations {
  /** Adds it or writes it anew. */
  put(operation: Operation): Promise<void>;
  /** Writes `after` where `before` still stands; false when somebody else has moved it since. */
  replace(before: Operation, after: Operation): Promise<boolean>;
  /** All of one wish, in order. */
  ofIntent(intent: string): Promise<readonly Operation[]>;
  /** Those of a run that have not ended, oldest first. */
  openOf(repository: string, runId: number): Promise<readonly Operation[]>;
  /** Whether any operation, ended or not, is about that run. */
  isKnown(repository: string, runId: number): Promise<boolean>;
  /** Those that have not ended and whose run is unknown: GitHub was asked to start it and did not say which one it is. */
  withoutRun(): Promise<readonly Operation[]>;
  /** The runs of operations that have not ended, those longest unseen first; from now on they are seen. */
  openRuns(limit: number): Promise<readonly { readonly repository: string; readonly runId: number }[]>;
}
