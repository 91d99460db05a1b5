/** That a repository entered a phase, or began one anew. */
export interface PhaseChange {
  readonly repository: string;
  /** 1 for the first change of the repository, one more for each. */
  readonly number: number;
  readonly kind: "set" | "reset";
  readonly from: string;
  readonly to: string;
  /** Who did it: identifier and name. */
  readonly actor: string;
  readonly actorName: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly reason?: string;
}

/** The history of phases, which only grows: the newest change says which phase is the current one. GitHub's names ignore case, and so does this. */
export interface PhaseChanges {
  /** Newest first. */
  latest(repository: string, limit: number): Promise<readonly PhaseChange[]>;
  /** false when a change of that number is there already: somebody was faster. */
  add(change: PhaseChange): Promise<boolean>;
}
