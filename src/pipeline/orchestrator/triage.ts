/** What can be decided about a failed run; the list is all that a model may choose from. */
export const triageActions = [
  /** Run the failed jobs again: it is no fault of the change. */
  "retry",
  /** The change is at fault: its author has to change it. */
  "fix_change",
  /** It is broken for everybody, or by something outside: waiting helps, and a change here does not. */
  "wait",
  /** Start a workflow that the settings allow. */
  "start_workflow",
  /** Somebody has to look: it is none of these. */
  "ask_person",
] as const;
export type TriageAction = (typeof triageActions)[number];

/** A failed job, for a model. All text is masked. */
export interface TriageJob {
  readonly name: string;
  /** The lines around its first error, as they stand in the log. */
  readonly excerpt: string;
  readonly failedTests: readonly string[];
  /** In how many of the last results on the default branch it failed. */
  readonly onMain?: { readonly failed: number; readonly of: number };
}

export interface TriageInput {
  readonly workflow: string;
  /** `a pull request`, `the branch main` */
  readonly place: string;
  readonly attempt: number;
  readonly jobs: readonly TriageJob[];
  /** What is thought of it already, in words. */
  readonly verdict: string;
  readonly evidence: readonly string[];
  /** What the change touches. */
  readonly changedFiles: readonly string[];
  /** Files of workflows that may be started. */
  readonly workflows: readonly string[];
  /** How often the same error came before, and what became of it. */
  readonly history: readonly string[];
}

/** What a model decides; foreign text. */
export interface TriageAnswer {
  readonly action: TriageAction;
  /** The workflow's file, for `start_workflow`; null otherwise. */
  readonly workflow: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  /** What went wrong, in one or two sentences. */
  readonly cause: string;
  /** Lines of the excerpts that show it, word for word. */
  readonly evidence: readonly string[];
}
