import type { Action, Choice, Outcome, Part } from "./reply.ts";

/** The outcomes of a command that did not do what was asked, for a reason the person can act on. */
export type Refusal = Exclude<Outcome, "done" | "joined" | "queued">;

/** The person can fix it. They see the message word for word and the parts below it, so it says what was wrong and what to try. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly outcome: Refusal;
  readonly reason: string;
  readonly parts: readonly Part[];
  readonly actions: readonly Action[];
  readonly choice: Choice | undefined;

  constructor(
    outcome: Refusal,
    reason: string,
    message: string,
    more: { parts?: readonly Part[]; actions?: readonly Action[]; choice?: Choice } = {},
  ) {
    super(message);
    this.outcome = outcome;
    this.reason = reason;
    this.parts = more.parts ?? [];
    this.actions = more.actions ?? [];
    this.choice = more.choice;
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
  /** `maybe_done`: what was asked of it may have been carried out all the same; `nothing` when absent. */
  readonly effect?: Effect;
  readonly cause?: unknown;
}

export type Effect = "nothing" | "maybe_done";

/** Another system failed. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly service: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly effect: Effect;

  constructor(message: string, { service, retryable, retryAfterMs, effect = "nothing", cause }: ServiceFailure) {
    super(message, { cause });
    this.service = service;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
    this.effect = effect;
  }
}

/** The failure for the person who waits: what happened, what came of it, and what to do. */
export function inPlainWords({ message, effect, retryable, retryAfterMs }: ServiceError): string {
  if (effect === "maybe_done") return `${message} It may or may not have been done: look before you try again.`;
  if (!retryable) return `${message} Nothing was done. Trying again will not help; tell whoever runs this bot.`;
  return `${message} Nothing was done. Try again ${retryAfterMs === undefined ? "in a minute" : `in ${waitInWords(retryAfterMs)}`}.`;
}

const waitInWords = (ms: number): string => (ms <= 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} minutes`);
