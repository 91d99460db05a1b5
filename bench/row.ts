/** One line of the table, in words as they are printed. */
export interface Row {
  readonly figure: string;
  readonly ours: string;
  /** What it is measured against, when it is. */
  readonly peer?: string;
  readonly ratio?: string;
  readonly aim?: string;
  readonly isMet?: boolean;
}
