import type { KnownIssueEntry } from "./entry.ts";
import type { KnownIssue } from "./known-issue.ts";

/** Whether a line fits a pattern; the time is linear in the line, whatever the two are. */
export type FitsLine = (line: string) => boolean;

/** An issue of the file, ready to be looked for. */
export interface ListedIssue extends KnownIssue {
  readonly isError: FitsLine;
  readonly contexts: readonly FitsLine[];
  /** How often it had come when it was written down; what came since is in the book. */
  readonly seenBefore: number;
}

/** The known issues that the bot was started with. */
export interface KnownIssues {
  /** In the order of the file: the first that fits counts. */
  readonly all: readonly ListedIssue[];
  /** What is wrong with a new entry, a sentence for each mistake; none when it may be added. */
  mistakesIn(entry: KnownIssueEntry): readonly string[];
  /** Whether a line fits a pattern; false when it is none. */
  fits(pattern: string, line: string): boolean;
}

/** The file, as people are told of it. */
export const knownIssuesFile = "config/known-issues.json";
