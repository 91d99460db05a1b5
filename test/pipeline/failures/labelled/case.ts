import type { Place } from "../../../../src/pipeline/failures/diagnoses.ts";
import type { Verdict } from "../../../../src/pipeline/failures/diagnosis.ts";

/** How a job ended on a commit, once: with what log, as far as that is known. */
type Ended = "passed" | "failed" | { readonly log: string };
/** Every attempt on one commit. */
type Commit = readonly Ended[];

interface LabelledJob {
  readonly name: string;
  readonly log: string;
  /** The newest commit first; absent where it could not be read. */
  readonly main?: readonly Commit[];
  /** How it ended on the commit that the branch began at. */
  readonly base?: Commit;
  /** Where the same error was seen, and how many minutes ago. */
  readonly seen?: readonly (readonly [place: Place, minutesAgo: number])[];
  /** The same failure was there in an earlier attempt on this commit. */
  readonly again?: true;
  /** It passed in another attempt on this commit. */
  readonly passed?: true;
  readonly known?: "infrastructure" | "flaky" | "build";
}

/** A failure as it happened, and what whoever looked into it found in the end. */
export interface Labelled {
  readonly story: string;
  readonly truth: Exclude<Verdict, "unknown">;
  /** A pull request's when absent. */
  readonly of?: "main" | "other";
  readonly jobs: readonly LabelledJob[];
}

export const passed: Commit = ["passed"];
/** It failed, before anybody looked into failures. */
export const failed: Commit = ["failed"];
export const red = (log: string): Commit => [{ log }];
/** It failed, was run again and passed. */
export const flaked = (log: string): Commit => [{ log }, "passed"];
export const green = (commits: number): readonly Commit[] => Array.from({ length: commits }, () => passed);

/** What stands around it in every log of a job that checks the code out. */
export const step = (command: string, ...lines: readonly string[]): string => [`$ ${command}`, ...lines].join("\n");
