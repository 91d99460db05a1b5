/**
 * How much a line says. `cause`: a compiler's, test's or kernel's own word for what is wrong. `hint`: something went wrong here,
 * as many harmless lines say too. `end`: only that a command or the job has ended badly.
 */
export type Strength = "cause" | "hint" | "end";

export interface ErrorPattern {
  readonly tool: string;
  readonly strength: Strength;
  /** Linear in the line: anchored, or without an unbounded repetition before what must follow it. */
  readonly pattern: RegExp;
  /** What such a line looks like. */
  readonly looksLike: string;
  /** The matched line explains the one before it when that matches this, and that one is the error. */
  readonly explains?: RegExp;
  /** What matters stands before the line, not after it. */
  readonly isAfterwards?: true;
}
