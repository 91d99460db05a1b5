/** A budget whose warning, or all of which, is spent. */
export interface ReachedBudget {
  readonly level: "warning" | "critical";
  /** What it is called: `session 7f3a…`, `acme/shop#12`, `2026-11-23`. */
  readonly name: string;
  /** As `/ci budget override` takes it: `session:7f3a…`, `acme/shop#12`, `hour`. */
  readonly argument: string;
  /** `$21.40 of $20.00 (107 %)` */
  readonly spent: string;
  /** When its period is over, in milliseconds since the epoch; absent where it has none. */
  readonly until?: number;
}

export interface KeptStandings {
  /** When the ledger was asked, in milliseconds since the epoch. */
  readonly at: number;
  readonly reached: readonly ReachedBudget[];
}

/** A file beside the journal, made when a budget comes near its end: without it no journal need be opened to know that none is. */
export const reachedMark = "budgets-reached";

/** What is known of the budgets that a session counts against, without asking the ledger. */
export interface Standings {
  /** Replaces what was known of it. Those of sessions that are long over are forgotten. */
  keep(session: string, reached: readonly ReachedBudget[], now: number): void;
  of(session: string): KeptStandings | undefined;
}
