import type { Transaction } from "../records.ts";
import type { PicoUsd } from "../usage/money.ts";
import type { Subject } from "./budget.ts";
import type { Reservation } from "./reservation.ts";

/** What is read to know how much is reserved. */
export type ReadsReservations = Pick<Transaction, "ledger" | "reservations">;

/** A reservation under way, and what of it has not been spent yet. */
export interface Outstanding {
  readonly reservation: Reservation;
  readonly leftPico: PicoUsd;
}

/** All that is reserved and not spent yet. */
export async function outstanding(tx: ReadsReservations): Promise<readonly Outstanding[]> {
  const found: Outstanding[] = [];
  for (const reservation of await tx.reservations.open()) found.push({ reservation, leftPico: await leftOf(reservation, tx) });
  return found;
}

export async function leftOf({ id, estimatePico }: Reservation, tx: Pick<Transaction, "ledger">): Promise<PicoUsd> {
  const left = (estimatePico ?? 0n) - (await tx.ledger.meteredPico({ reservation: id }));
  return left > 0n ? left : 0n;
}

/** What is reserved counts against the span of time that it may be spent in, which is this one. */
export function countsAgainst({ session, repository, pullRequest }: Reservation, subject: Subject): boolean {
  switch (subject.scope) {
    case "session":
      return session === subject.session;
    case "pr":
      return repository?.toLowerCase() === subject.repository.toLowerCase() && pullRequest === subject.pullRequest;
    default:
      return true;
  }
}
