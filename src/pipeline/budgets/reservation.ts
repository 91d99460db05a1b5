import type { PicoUsd } from "../usage/money.ts";
import type { Attribution } from "../usage/usage.ts";

/** What somebody wants to spend on a paid call, or a row of them, before it begins. */
export interface Wish extends Attribution {
  /** Names the reservation for ever: who was granted it and asks again while it is open gets the same answer, who was refused may ask again. */
  readonly id: string;
  /** `claude-code`, `openai-api`, `gemini-cli`: as in Usage. */
  readonly service: string;
  readonly model?: string;
  /** At most this much; null for what is free or paid by a subscription: then only the limits of the service count. */
  readonly estimatePico: PicoUsd | null;
  /** How long it may take; when nobody has settled it by then, the rest of it counts as spent. Milliseconds. */
  readonly leaseMs: number;
}

export type Granted =
  | { readonly isGranted: true }
  | {
      readonly isGranted: false;
      readonly reason: "budget" | "limit" | "cooldown" | "over";
      /** For people: which budget, what is left of it, and what they can do. */
      readonly message: string;
      /** What is left of the budget that is the closest to its end. */
      readonly leftPico?: PicoUsd;
      /** When it may be tried again, in milliseconds since the epoch, where that is known. */
      readonly retryAt?: number;
    };

/** A wish that was granted. */
export interface Reservation extends Wish {
  readonly at: number;
  readonly expiresAt: number;
  /** `expired`: nobody settled it in time, and what was left of it counts as spent. */
  readonly state: "open" | "settled" | "expired";
}

export interface Reservations {
  /** False when it is there already. */
  add(wish: Wish, at: number): Promise<boolean>;
  find(id: string): Promise<Reservation | undefined>;
  /** Those that are neither settled nor expired, oldest first. */
  open(): Promise<readonly Reservation[]>;
  end(id: string, state: "settled" | "expired"): Promise<void>;
}
