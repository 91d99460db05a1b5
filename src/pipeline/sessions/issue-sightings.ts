/** How often a known issue was recognised in this checkout. */
export interface IssueSighting {
  readonly issue: string;
  readonly seen: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

/** Counts known issues as sessions meet them; the bot counts its own. */
export interface IssueSightings {
  add(issue: string, at: number): void;
  all(): readonly IssueSighting[];
}
