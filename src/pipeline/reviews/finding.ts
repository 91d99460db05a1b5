import type { Severity } from "./review.ts";

/** Why a finding is told in the summary and not beside its line. */
export const foldWhys = [
  /** The model names a file that it was not shown. */
  "other_file",
  /** The file is not changed at that line, so GitHub takes no comment there. */
  "outside_diff",
  /** Its lines begin and end in different places of the diff. */
  "across_hunks",
  /** What it names is no line number. */
  "no_line",
] as const;
export type FoldWhy = (typeof foldWhys)[number];

export const foldInWords: Readonly<Record<FoldWhy, string>> = {
  other_file: "the file is not among those that were looked at",
  outside_diff: "the line is not in the diff",
  across_hunks: "the lines are not in one part of the diff",
  no_line: "no line was named",
};

export interface Suggestion {
  readonly text: string;
  /** It can replace the lines as it stands, by a press of a button. Else it is only shown. */
  readonly isCommittable: boolean;
}

/** What a model said of one place, checked against the diff. Its words are foreign: capped and printable, and plain text to whoever shows them. */
export interface Finding {
  /** Names it for ever: the same again has the same. */
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly path: string;
  /** Of the new file, from 1 on; absent where none was named. */
  readonly line?: number;
  /** Not before `line`, and the same for one line. */
  readonly endLine?: number;
  readonly title: string;
  readonly reason: string;
  readonly suggestion?: Suggestion;
  /** Where present, it may not stand beside its line. */
  readonly folded?: FoldWhy;
}
