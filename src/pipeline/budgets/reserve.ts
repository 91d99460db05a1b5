import type { Services } from "../../services.ts";
import { momentInWords } from "../moment-in-words.ts";
import type { Transaction } from "../records.ts";
import { type PicoUsd, showUsd, sumOf } from "../usage/money.ts";
import { type Budget, budgetOf, keyOf, queryOf, subjectsOf } from "./budget.ts";
import { expireOverdue, toExpire } from "./expire.ts";
import { subjectInWords } from "./in-words.ts";
import { refusedByLimits } from "./limits.ts";
import { countsAgainst, type Outstanding, outstanding } from "./outstanding.ts";
import type { Granted, Reservation, Wish } from "./reservation.ts";

type Needs = Pick<Services, "priceBook" | "money" | "timings" | "now">;

/**
 * Asks whether a paid call may begin, and keeps its money until it is settled or its lease is over. Two who ask at once are told apart by the
 * transaction: what one is granted is gone for the other. What a call under way spends beyond its estimate is not held up.
 */
export async function reserve(tx: Transaction, wish: Wish, services: Needs): Promise<Granted> {
  await expireOverdue(tx, services);
  const known = await tx.reservations.find(wish.id);
  if (known?.state === "open") return { isGranted: true };
  if (known) return over(known);

  const refusal = (await refusedByLimits(wish, tx, services)) ?? (await refusedByBudgets(wish, tx, services));
  if (refusal) return refusal;
  const at = services.now();
  await tx.reservations.add(wish, at);
  await tx.queue.add(toExpire(wish.id, at + wish.leaseMs));
  return { isGranted: true };
}

/** Its money is spent or given back: whoever goes on asks under another name. */
const over = ({ id, state }: Reservation): Granted => ({
  isGranted: false,
  reason: "over",
  message: `The reservation ${id} is ${state === "settled" ? "settled" : "over: its time has run out"}. Ask for another one, by another name.`,
});

interface Room {
  readonly budget: Budget;
  readonly spentPico: PicoUsd;
  readonly reservedPico: PicoUsd;
  readonly leftPico: PicoUsd;
}

/** Free calls and those of a subscription are held up by no budget of money. */
async function refusedByBudgets(wish: Wish, tx: Transaction, services: Needs): Promise<Extract<Granted, { isGranted: false }> | undefined> {
  const { estimatePico } = wish;
  if (estimatePico === null) return undefined;
  const rooms = await roomsFor(wish, tx, services);
  const full = rooms.filter(({ leftPico }) => estimatePico > leftPico || leftPico === 0n).toSorted(leastLeft)[0];
  return full && refused(full, estimatePico, services.money.zone);
}

/** How much room each budget has that the wish counts against. */
async function roomsFor(wish: Wish, tx: Transaction, { priceBook, money, now }: Needs): Promise<readonly Room[]> {
  const at = now();
  const others = await outstanding(tx);
  const rooms: Room[] = [];
  for (const subject of subjectsOf(wish, at, money.zone)) {
    const override = await tx.budgets.overrideOf(keyOf(subject), at);
    const budget = budgetOf(subject, priceBook, override?.limitPico);
    if (budget) rooms.push(roomIn(budget, await tx.ledger.meteredPico(queryOf(subject)), others));
  }
  return rooms;
}

function roomIn(budget: Budget, spentPico: PicoUsd, others: readonly Outstanding[]): Room {
  const reservedPico = sumOf(
    others.filter(({ reservation }) => countsAgainst(reservation, budget.subject)).map(({ leftPico }) => leftPico),
  );
  const left = budget.threshold.criticalPico - spentPico - reservedPico;
  return { budget, spentPico, reservedPico, leftPico: left > 0n ? left : 0n };
}

const leastLeft = (one: Room, other: Room): number => (one.leftPico < other.leftPico ? -1 : one.leftPico > other.leftPico ? 1 : 0);

function refused(
  { budget, spentPico, reservedPico, leftPico }: Room,
  estimate: PicoUsd,
  zone: string,
): Extract<Granted, { isGranted: false }> {
  const { subject, threshold } = budget;
  const name = subjectInWords(subject, zone);
  const reserved = reservedPico > 0n ? `, ${showUsd(reservedPico)} more reserved by what is under way` : "";
  const end = "period" in subject ? subject.period.end : undefined;
  const scope = subject.scope === "pr" ? `${subject.repository}#${subject.pullRequest}` : keyOf(subject);
  const then = end === undefined ? "" : ` It begins anew at ${momentInWords(end)}.`;
  return {
    isGranted: false,
    reason: "budget",
    message:
      `The budget of ${name} has ${showUsd(leftPico)} left: ${showUsd(spentPico)} of ${showUsd(threshold.criticalPico)} is spent${reserved}. ` +
      `This call may take ${showUsd(estimate)}.${then} An admin can raise it: budget override ${scope} <amount> -- reason`,
    leftPico,
    ...(end !== undefined && { retryAt: end }),
  };
}
