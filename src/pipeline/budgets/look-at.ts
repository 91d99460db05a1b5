import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import type { Crossing, Touched } from "./book.ts";
import { type Budget, budgetOf, limitAt, queryOf, type Subject } from "./budget.ts";
import { bySeverity, type Level, reached } from "./levels.ts";
import { burnRate, burnWindows, forecast, leastSessions } from "./pace.ts";
import { type Period, periodOf } from "./period.ts";

type Needs = Pick<Services, "priceBook" | "money" | "now">;

/** What came to light so long after its period is of yesterday: nobody is told anew. */
const graceMs = 15 * 60_000;
/** The same for sessions and pull requests, by their newest request. */
const freshMs = 24 * 60 * 60_000;

/** One that a budget has reached now: how much was spent, or will be. */
export type Reached = Pick<Crossing, "budget" | "period" | "level" | "subject" | "spentPico" | "limitPico">;

export interface Look {
  /** The worst first. */
  readonly reached: readonly Reached[];
  /** Whether it is of now, so that people are told. */
  readonly isFresh: boolean;
}

/** How a budget stands; undefined where there is none. */
export async function lookAt(
  { key, period, subject }: Touched,
  tx: Transaction,
  { priceBook, money, now }: Needs,
): Promise<Look | undefined> {
  if (subject.scope === "unpriced") return { reached: [{ ...unpriced, budget: key, period, subject }], isFresh: true };
  const override = await tx.budgets.overrideOf(key, limitAt(subject, now()));
  const budget = budgetOf(subject, priceBook, override?.limitPico);
  if (!budget) return undefined;

  const spent = await tx.ledger.meteredPico(queryOf(subject));
  const { criticalPico } = budget.threshold;
  const about = { budget: key, period, subject, limitPico: criticalPico };
  const bySpending = reached(spent, budget.threshold).map((level): Reached => ({ ...about, level, spentPico: spent }));
  // A month that is over goes nowhere any more, and what burns now is not its money.
  const isUnderWay = subject.scope === "month" && now() < subject.period.end;
  const byPace = isUnderWay && bySpending.length === 0 ? await paceOf(subject.period, spent, budget, tx, now()) : [];
  const burning = isUnderWay ? await burnOf(subject.period, budget, tx, { money, now }) : [];
  return {
    reached: [...bySpending, ...byPace.map((one) => ({ ...about, ...one })), ...burning.map((one) => ({ ...about, ...one }))].toSorted(
      (one, other) => bySeverity(one.level, other.level),
    ),
    isFresh: await isFresh(subject, tx, now()),
  };
}

const unpriced = { level: "warning", spentPico: 0n, limitPico: 0n } as const satisfies Partial<Reached>;

type Pace = { readonly level: Level; readonly spentPico: bigint; readonly period?: string };

async function paceOf(period: Period, spent: bigint, { threshold }: Budget, tx: Transaction, now: number): Promise<readonly Pace[]> {
  const projected = forecast(spent, leastSessions, period, now);
  if (projected === undefined || projected <= threshold.criticalPico) return [];
  const sessions = await tx.ledger.countSessions({ since: period.start, until: period.end }, leastSessions);
  return sessions < leastSessions ? [] : [{ level: "forecast", spentPico: projected }];
}

/** Told once a day at most, so that it belongs to the day. */
async function burnOf(
  period: Period,
  { threshold }: Budget,
  tx: Transaction,
  { money, now }: Pick<Services, "money" | "now">,
): Promise<readonly Pace[]> {
  const at = now();
  const windows = [...new Set(burnWindows.flatMap(({ longMs, shortMs }) => [longMs, shortMs]))];
  const spentIn = new Map<number, bigint>();
  for (const window of windows) spentIn.set(window, await tx.ledger.meteredPico({ since: at - window, until: at + 1 }));
  const burn = burnRate(spentIn, threshold.criticalPico, period);
  return burn ? [{ level: "burn", spentPico: burn.spentPico, period: periodOf("day", at, money.zone).key }] : [];
}

async function isFresh(subject: Subject, tx: Transaction, now: number): Promise<boolean> {
  if ("period" in subject) return now < subject.period.end + graceMs;
  const { lastAt = 0 } = await tx.ledger.count(queryOf(subject));
  return now - lastAt <= freshMs;
}
