/** How much a finding matters, the worst first. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** What a model says of one place. Everything in it is as hostile as any foreign text. */
export interface SaidFinding {
  readonly severity: Severity;
  /** As it stands in the diff. */
  readonly path: string;
  /** Of the file as the change leaves it, from 1 on. */
  readonly line: number;
  /** The last line that it is about, where that is another one. */
  readonly endLine: number | null;
  /** What is wrong, in one line. */
  readonly title: string;
  /** Why it is wrong, and what comes of it. */
  readonly reason: string;
  /** What to write instead of these lines; null where that cannot be said in place. */
  readonly suggestion: string | null;
}

export interface ReviewAnswer {
  /** What the change does and how good it is, in a few sentences. */
  readonly summary: string;
  readonly findings: readonly SaidFinding[];
}

/** A part of a change, for one call. All text is masked. */
export interface ReviewInput {
  readonly title: string;
  readonly body: string;
  /** What reviewers of this repository heed, from its base branch. */
  readonly guidelines?: string;
  /** What the asker wants looked at. */
  readonly focus?: string;
  /** Where the work stands, in a sentence. */
  readonly phase?: string;
  /** The files, each as `renderFile` writes it: lines with their numbers in the new file. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** How many findings at most. */
  readonly mostFindings: number;
}
