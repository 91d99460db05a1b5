import type { Outcome } from "./post-delivery.ts";

interface Sent {
  readonly guid: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One line of the App's log of deliveries: one attempt, which may share its GUID with others. */
export interface LoggedAttempt {
  readonly id: number;
  readonly sent: Sent;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when there was no receiver to send to. */
  readonly url?: string;
  readonly isRedelivery: boolean;
  readonly outcome: Outcome;
}

/** The App's own log of deliveries; GitHub keeps it apart from what other hooks got. */
export class DeliveryLog {
  // Ids have long outgrown 32 bits.
  #lastId = 100_000_000_000;
  #attempts: readonly LoggedAttempt[] = [];

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  add(attempt: LoggedAttempt): void {
    this.#attempts = [attempt, ...this.#attempts].sort((one, other) => other.id - one.id);
  }

  newestFirst(): readonly LoggedAttempt[] {
    return this.#attempts;
  }

  find(id: number): LoggedAttempt | undefined {
    return this.#attempts.find((attempt) => attempt.id === id);
  }
}

export const isOk = ({ outcome: { status = 0 } }: LoggedAttempt): boolean => status >= 200 && status < 300;
