import type { Appended } from "../../pipeline/usage/ledger.ts";

/** What became of an event. `refused`: the budget or a limit does not allow it · `unknown_reservation`: nothing to settle. */
export const statuses = [
  "recorded",
  "amended",
  "known",
  "covered",
  "granted",
  "refused",
  "settled",
  "unknown_reservation",
  "invalid",
] as const satisfies readonly (Appended | string)[];
export type Status = (typeof statuses)[number];

/** What is answered about one event of a batch. */
export interface EventResult {
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** Absent where it had none that could be read. */
  readonly id?: string;
  readonly status: Status;
  /** Of a refusal: `budget`, `limit` or `cooldown`. */
  readonly reason?: string;
  /** For people: what is wrong, and what to do. */
  readonly message?: string;
  /** Of the budget that is the closest to its end: a decimal with every digit. */
  readonly leftUsd?: string;
  /** When it may be tried again, where that is known. */
  readonly retryAt?: string;
}

export interface EventsAnswer {
  /** One for each event, in their order. */
  readonly results: readonly EventResult[];
  readonly counts: Readonly<Record<Status, number>>;
}

export function toEventsAnswer(results: readonly EventResult[]): EventsAnswer {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;
  for (const { status } of results) counts[status] += 1;
  return { results, counts };
}
