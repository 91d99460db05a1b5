import type { Decision, Learnt, StoredDecision } from "./decision.ts";

export interface DecisionQuery {
  /** GitHub's names ignore case. */
  readonly repository?: string;
  /** Made at that moment or later, and before `until` (milliseconds since the epoch). */
  readonly since: number;
  readonly until?: number;
}

/** What was decided about failures, and what became of them. Repositories' names ignore case. */
export interface Decisions {
  /** Writes it down; false, changing nothing, where one of its id is there. */
  put(decision: Decision): Promise<boolean>;
  find(id: string): Promise<StoredDecision | undefined>;
  /** It was begun after all. */
  carryOut(id: string): Promise<void>;
  /** Those of the same failure at that moment or later, newest first; at most `limit`. */
  ofKey(repository: string, key: string, since: number, limit: number): Promise<readonly StoredDecision[]>;
  /** Those of a workflow of which nothing is learnt for good, newest first; at most `limit`. */
  open(repository: string, workflowId: number, limit: number): Promise<readonly StoredDecision[]>;
  /** Those of a commit, newest first. */
  ofCommit(repository: string, headSha: string): Promise<readonly StoredDecision[]>;
  /** Those of any repository from before that moment of which nothing is learnt, oldest first; at most `limit`. */
  openSince(before: number, limit: number): Promise<readonly StoredDecision[]>;
  /** Replaces what was learnt of one. */
  learn(id: string, learnt: Learnt): Promise<void>;
  /** Newest first; at most `limit`. */
  list(query: DecisionQuery, limit: number): Promise<readonly StoredDecision[]>;
}

/** As long as what models were asked is kept. */
export const decisionsKeptForMs = 400 * 24 * 60 * 60_000;
