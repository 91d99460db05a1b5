import type { CommandFailures } from "./command-failures.ts";
import type { CommitBackoff } from "./commit-backoff.ts";
import type { IssueSightings } from "./issue-sightings.ts";
import type { PhaseLog } from "./phase-log.ts";
import type { Requests } from "./requests.ts";
import type { Spool } from "./spool.ts";
import type { StatusLog } from "./status-log.ts";

/**
 * What the hooks of one checkout remember, for any number of processes at once. Everything is done when a call returns, and survives the end of
 * the process; a call waits for other processes, at most 5 seconds, and throws a ServiceError after that.
 */
export interface Journal {
  /** Does all of the work or none of it; nobody else writes meanwhile. Calls within calls belong to the outer one. */
  transaction<T>(work: () => T): T;
  readonly backoff: CommitBackoff;
  readonly failures: CommandFailures;
  readonly issues: IssueSightings;
  readonly once: Once;
  readonly phases: PhaseLog;
  readonly requests: Requests;
  readonly spool: Spool;
  readonly statusLog: StatusLog;
  close(): void;
}

/** What is done once only. */
export interface Once {
  /** @returns true for the first of all callers; for nobody else before `keptMs` are over, unless it was given back */
  take(key: string, keptMs: number, now: number): boolean;
  giveBack(key: string): void;
}
