import type { AdviceRequests } from "./advice.ts";
import type { CommandFailures } from "./command-failures.ts";
import type { CommitBackoff } from "./commit-backoff.ts";
import type { IssueSightings } from "./issue-sightings.ts";
import type { Marks } from "./marks.ts";
import type { PhaseLog } from "./phase-log.ts";
import type { Prompts } from "./prompts.ts";
import type { Requests } from "./requests.ts";
import type { Sessions } from "./sessions.ts";
import type { Spool } from "./spool.ts";
import type { Standings } from "./standings.ts";
import type { StatusLog } from "./status-log.ts";

/**
 * What the hooks of one checkout remember, for any number of processes at once. Everything is done when a call returns, and survives the end of
 * the process; a call waits for other processes, at most 5 seconds, and throws a ServiceError after that.
 */
export interface Journal {
  /** Does all of the work or none of it; nobody else writes meanwhile. Calls within calls belong to the outer one. */
  transaction<T>(work: () => T): T;
  readonly marks: Marks;
  readonly backoff: CommitBackoff;
  readonly failures: CommandFailures;
  readonly issues: IssueSightings;
  readonly once: Once;
  readonly advice: AdviceRequests;
  readonly phases: PhaseLog;
  readonly prompts: Prompts;
  readonly requests: Requests;
  readonly sessions: Sessions;
  readonly spool: Spool;
  readonly statusLog: StatusLog;
  readonly standings: Standings;
  close(): void;
}

/** What is done once only. */
export interface Once {
  /** @returns true for the first of all callers; for nobody else before `keptMs` are over, unless it was given back */
  take(key: string, keptMs: number, now: number): boolean;
  giveBack(key: string): void;
  /** Only looks. */
  isTaken(key: string, now: number): boolean;
}
