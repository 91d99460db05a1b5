import type { Asks } from "./ai/asks.ts";
import type { Audit } from "./audit.ts";
import type { Backoff } from "./backoff/backoff.ts";
import type { BudgetBook } from "./budgets/book.ts";
import type { Reservations } from "./budgets/reservation.ts";
import type { Diagnoses } from "./failures/diagnoses.ts";
import type { Freezes } from "./freezes.ts";
import type { Incidents } from "./incidents/incidents.ts";
import type { KnownIssueBook } from "./known-issues/book.ts";
import type { LinkBook } from "./links.ts";
import type { Mirrors } from "./mirror/mirrors.ts";
import type { Operations } from "./operations/operations.ts";
import type { Decisions } from "./orchestrator/decisions.ts";
import type { Outbox } from "./outbox.ts";
import type { Mutes } from "./personal/mutes.ts";
import type { Watches } from "./personal/watches.ts";
import type { PhaseChanges } from "./phases/phase-changes.ts";
import type { HeldMessages } from "./policy/held.ts";
import type { Notes } from "./policy/notes.ts";
import type { Subscriptions } from "./policy/subscriptions.ts";
import type { Queue } from "./queue.ts";
import type { RunnerMinutes } from "./runner-minutes/runner-minutes.ts";
import type { Observed } from "./sessions/observed.ts";
import type { Ledger } from "./usage/ledger.ts";

/** What one transaction can change: all of it happens or none. */
export interface Transaction {
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly operations: Operations;
  readonly freezes: Freezes;
  readonly subscriptions: Subscriptions;
  readonly held: HeldMessages;
  readonly notes: Notes;
  readonly watches: Watches;
  readonly mutes: Mutes;
  readonly phases: PhaseChanges;
  readonly backoff: Backoff;
  readonly diagnoses: Diagnoses;
  readonly incidents: Incidents;
  readonly links: LinkBook;
  readonly mirrors: Mirrors;
  readonly knownIssues: KnownIssueBook;
  readonly ledger: Ledger;
  readonly observed: Observed;
  readonly asks: Asks;
  readonly decisions: Decisions;
  readonly runnerMinutes: RunnerMinutes;
  readonly budgets: BudgetBook;
  readonly reservations: Reservations;
  readonly queue: Queue;
}

export interface TransactionOptions {
  /** Give up, changing nothing, when the work could not begin within this time. An edge that promised "nothing was done" needs it. */
  readonly beginWithinMs?: number;
}

export interface Records {
  /**
   * Runs the work and commits it durably before resolving: what was written survives SIGKILL and power loss. When the work throws, nothing
   * of it is kept. Await nothing foreign inside. Throws ServiceError (retryable) when the database cannot be written.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}
