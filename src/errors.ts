import type { Action, Outcome, Part } from "./reply.ts";

/** The outcomes of a command that did not do what was asked, for a reason the person can act on. */
export type Refusal = Exclude<Outcome, "done" | "joined" | "queued">;

/** The person can fix it. They see the message word for word and the parts below it, so it says what was wrong and what to try. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly outcome: Refusal;
  readonly reason: string;
  readonly parts: readonly Part[];
  readonly actions: readonly Action[];

  constructor(outcome: Refusal, reason: string, message: string, more: { parts?: readonly Part[]; actions?: readonly Action[] } = {}) {
    super(message);
    this.outcome = outcome;
    this.reason = reason;
    this.parts = more.parts ?? [];
    this.actions = more.actions ?? [];
  }
}

/** The service that our own state is. Its failure is no answer to a person: what was going on runs again when it is back. */
export const storage = "the database";

export interface ServiceFailure {
  /** The system that failed, as a person would name it: "GitHub", "Slack", or `storage`. */
  readonly service: string;
  /** Whether the same call may succeed later; it chooses backoff or escalation. */
  readonly retryable: boolean;
  /** How long the other system asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Another system failed. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly service: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { service, retryable, retryAfterMs, cause }: ServiceFailure) {
    super(message, { cause });
    this.service = service;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}
