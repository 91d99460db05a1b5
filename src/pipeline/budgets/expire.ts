import type { Services } from "../../services.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import type { LedgerEntry } from "../usage/ledger.ts";
import { modelNamed } from "../usage/price-book.ts";
import type { Provider } from "../usage/usage.ts";
import { leftOf } from "./outstanding.ts";
import type { Reservation } from "./reservation.ts";
import { touchBudgets } from "./touch.ts";

/** The task of the job that ends a reservation which nobody has settled in time. */
export const expireTask = "expire-reservation";

export const toExpire = (id: string, runAt: number): NewJob => ({ id: `${expireTask}:${id}`, task: expireTask, payload: { id }, runAt });

/** What the ledger calls what stands for a reservation that nobody settled. */
const sumOfReservation = (id: string): string => `reservation:${id}`;

type Needs = Pick<Services, "records" | "priceBook" | "money" | "timings" | "now">;

/** What was reserved and not told of counts as spent: it is not known, but at most that. */
export function createExpire(services: Needs): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { id } = payload as { id: string };
    await services.records.transaction(async (tx) => {
      const reservation = await tx.reservations.find(id);
      if (reservation) await expire(tx, reservation, services);
    });
  };
}

/** The same for all whose time is over, where no bot runs that would do it. */
export async function expireOverdue(tx: Transaction, services: Omit<Needs, "records">): Promise<void> {
  for (const reservation of await tx.reservations.open())
    if (reservation.expiresAt <= services.now()) await expire(tx, reservation, services);
}

/** Ends one whose call is over and of which nobody knows what it took: what is left of it counts as spent, and nothing of one that has ended. */
export async function giveUp(tx: Transaction, id: string, services: Omit<Needs, "records">): Promise<void> {
  const reservation = await tx.reservations.find(id);
  if (reservation) await expire(tx, reservation, services);
}

async function expire(tx: Transaction, reservation: Reservation, services: Omit<Needs, "records">): Promise<void> {
  if (reservation.state !== "open") return;
  const left = await leftOf(reservation, tx);
  await tx.reservations.end(reservation.id, "expired");
  if (left === 0n) return;
  const entry = { ...toEntry(reservation, services), costPico: left };
  await tx.ledger.append([entry]);
  await touchBudgets(tx, [entry], services);
}

/**
 * Ends a reservation: what it really took is in the ledger, or nothing was. One that had run out counts as spent no more.
 *
 * @returns false when there is none of that name
 */
export async function settle(
  tx: Transaction,
  id: string,
  services: Pick<Services, "money" | "timings" | "now" | "priceBook">,
): Promise<boolean> {
  const reservation = await tx.reservations.find(id);
  if (!reservation) return false;
  await giveWay(tx, id, services);
  await tx.reservations.end(id, "settled");
  return true;
}

/** What stands for a reservation that ran out gives way to what is told of it. */
export async function giveWay(
  tx: Transaction,
  id: string,
  services: Pick<Services, "money" | "timings" | "now" | "priceBook">,
): Promise<void> {
  const reservation = await tx.reservations.find(id);
  if (reservation?.state !== "expired") return;
  await tx.ledger.retract(sumOfReservation(id));
  await touchBudgets(tx, [toEntry(reservation, services)], services);
}

const nothing = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };

/** At the moment when the reservation ran out, or was given up. */
function toEntry(reservation: Reservation, { priceBook, now }: Pick<Services, "priceBook" | "now">): LedgerEntry {
  const { id, service, model, expiresAt, estimatePico: _, leaseMs: __, at: ___, state: ____, ...attribution } = reservation;
  const known = model === undefined ? undefined : modelNamed(priceBook, model);
  const provider: Provider = known?.provider ?? "other";
  return {
    ...attribution,
    id: sumOfReservation(id),
    sumOf: sumOfReservation(id),
    at: Math.min(expiresAt, now()),
    provider,
    model: model ?? "unknown",
    service,
    basis: "metered",
    tokens: nothing,
    costPico: 0n,
    pricedBy: "reserved",
  };
}
