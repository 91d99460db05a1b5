import type { Place } from "../failures/diagnoses.ts";
import type { Verdict } from "../failures/diagnosis.ts";
import type { PicoUsd } from "../usage/money.ts";
import type { Objection } from "./check-answer.ts";
import type { TriageAction } from "./triage.ts";

/** Who decides, in the order in which they are asked; `person`: none of them could. */
export const stages = ["known_issue", "claude", "o3", "person"] as const;
export type Stage = (typeof stages)[number];

/** What was decided about jobs of one failed attempt. What a model said in it is plain, short and checked. */
export interface Decision {
  /** Names it for ever: its unit and stage. */
  readonly id: string;
  /** The failure: a run's attempt, and which part of it. Several stages may speak of one; the last of them counts. */
  readonly unit: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly repository: string;
  readonly pullRequest?: number;
  readonly place: Place;
  readonly workflow: string;
  readonly workflowId: number;
  readonly runId: number;
  /** The run's number within its workflow. */
  readonly number: number;
  readonly attempt: number;
  readonly headSha: string;
  readonly jobs: readonly string[];
  /** The same failure has the same key, in whatever run. */
  readonly key: string;
  readonly signatures: readonly string[];
  readonly verdict: Verdict;
  readonly stage: Stage;
  readonly action: TriageAction;
  /** The workflow's file, for `start_workflow`. */
  readonly script?: string;
  /** 0 to 1; 0 where nobody said anything that can be used. */
  readonly confidence: number;
  /** Sure enough, by the settings of that moment, for nobody to have to look. */
  readonly isSure: boolean;
  readonly cause: string;
  /** Lines of the log, word for word. */
  readonly evidence: readonly string[];
  readonly mode: "off" | "suggest" | "act";
  /** It was begun without a person. */
  readonly isCarriedOut: boolean;
  /** The known issues, or the service that answered. */
  readonly by: string;
  readonly model?: string;
  /** `triage@1` */
  readonly prompt?: string;
  readonly costPico?: PicoUsd;
  /** The decision whose answer it takes over, so that nobody was asked again. */
  readonly joins?: string;
  /** What the model said, where the facts forbid it. */
  readonly said?: TriageAction;
  readonly overruledBecause?: Objection;
  /** Why nothing of the kind could be decided, for people. */
  readonly failure?: string;
}

/**
 * What became of the failure. `flake`: the same commit passed. `fixed`: only a newer commit did. `main_recovered`: the default branch failed so,
 * too, and passes again. `unknown`: none of it was seen within a week.
 */
export const truths = ["flake", "fixed", "main_recovered", "unknown"] as const;
export type Truth = (typeof truths)[number];

export interface Learnt {
  /** How the same commit's next attempt ended. */
  readonly again?: "passed" | "failed";
  readonly truth?: Truth;
}

export interface StoredDecision extends Decision, Learnt {}
