import type { UsageSum } from "../usage/ledger.ts";
import { divideHalfEven, type PicoUsd, sumOf } from "../usage/money.ts";
import { tokensIn } from "../usage/usage.ts";
import type { EndedPulls } from "./ended-pulls.ts";
import type { IncidentsIn } from "./incidents-in.ts";
import { amountIn, type Measure, measureOf, tokensOf } from "./measure.ts";
import { type Movers, moversOf } from "./movers.ts";
import type { Period } from "./period.ts";
import { type Roi, type RoiAssumptions, roiOf } from "./roi.ts";
import { type MoverKey, moverKeys, type UsageIn } from "./usage-in.ts";

const mostMovers = 3;
const mostDearest = 5;

/** What a report is made of. What nobody knows is undefined, which is not nothing. */
export interface ReportData {
  readonly now: UsageIn;
  /** Of the period before. */
  readonly before: UsageIn;
  /** By `day` and `model`. */
  readonly days: readonly UsageSum[];
  /** Models without a price, most tokens first. */
  readonly unpriced: readonly string[];
  readonly pulls?: EndedPulls | undefined;
  readonly incidents?: IncidentsIn | undefined;
  /** What the machines cost that ran the jobs. */
  readonly runnerPico?: PicoUsd | undefined;
  readonly roi: RoiAssumptions;
}

export interface Compared<T> {
  readonly now: T;
  readonly before: T;
}

export interface Part {
  readonly part: number;
  readonly of: number;
}

/** Several things, what they cost together, and each of them. */
export interface PerPiece {
  readonly count: number;
  readonly allPico: PicoUsd;
  /** Absent where there is none. */
  readonly eachPico?: PicoUsd;
}

export interface Dear {
  readonly name: string;
  readonly pico: PicoUsd;
}

/** A period beside the one before. All amounts are in its measure, but for those that say otherwise. */
export interface Report {
  readonly period: Period;
  readonly measure: Measure;
  /** There was nothing before: nothing can be said of what changed. */
  readonly isFirst: boolean;
  readonly spend: Compared<PicoUsd>;
  /** At list prices, paid by subscriptions. */
  readonly subscription: Compared<PicoUsd>;
  readonly freeTokens: Compared<number>;
  readonly requests: Compared<number>;
  readonly sessions: Compared<number>;
  readonly tokens: Compared<number>;
  /** Tokens with a price, of all. */
  readonly coverage: Part;
  readonly unpriced: readonly string[];
  /** Tokens read from a cache, of those that went in. */
  readonly cacheHits: Part;
  readonly movers: Readonly<Record<MoverKey, Movers>>;
  readonly dearest: { readonly prs: readonly Dear[]; readonly sessions: readonly Dear[] };
  readonly days: readonly UsageSum[];
  /** Undefined where it is not known which were merged; what each cost from its beginning on. */
  readonly merged: PerPiece | undefined;
  readonly abandoned: PerPiece | undefined;
  /** Pull requests of which it is not known whether they ended. */
  readonly unknownPulls: number;
  /** All that was spent in the period, for each incident that ended fixed. */
  readonly fixed: PerPiece | undefined;
  readonly incidents: IncidentsIn | undefined;
  readonly runnerPico: PicoUsd | undefined;
  /** Empty where there was no session: nothing was saved then that anybody could assume. */
  readonly roi: readonly Roi[];
  readonly roiInputs: RoiAssumptions & { readonly costPico: PicoUsd };
}

export function report(period: Period, data: ReportData): Report {
  const { now, before, pulls, incidents, runnerPico } = data;
  const wholes = [now.whole, before.whole].filter((sum) => sum !== undefined);
  const measure = measureOf(wholes);
  const compared = <T>(read: (usage: UsageIn) => T): Compared<T> => ({ now: read(now), before: read(before) });
  const spend = compared(({ whole }) => amountIn(measure, whole));
  const sessions = compared(({ whole }) => whole?.sessions ?? 0);
  const allTokens = tokensOf(now.whole);
  // What machines cost is billed as well; what a subscription costs is known to whoever pays it.
  const costPico = amountIn("metered", now.whole) + (runnerPico ?? 0n);
  const pieces = (sums: readonly UsageSum[] | undefined) => sums && perPiece(sums.length, sumOf(sums.map((sum) => amountIn(measure, sum))));
  const nothingKnown = pulls !== undefined && pulls.unknown > 0 && pulls.merged.length + pulls.abandoned.length === 0;
  return {
    period,
    measure,
    isFirst: before.whole === undefined,
    spend,
    subscription: compared(({ whole }) => amountIn("subscription", whole)),
    freeTokens: compared(({ ofBasis }) => tokensOf(ofBasis.free)),
    requests: compared(({ whole }) => whole?.requests ?? 0),
    sessions,
    tokens: compared(({ whole }) => tokensOf(whole)),
    coverage: { part: allTokens - (now.whole?.unpricedTokens ?? 0), of: allTokens },
    unpriced: data.unpriced,
    cacheHits: { part: now.whole?.tokens.cacheRead ?? 0, of: now.whole ? tokensIn(now.whole.tokens) : 0 },
    movers: Object.fromEntries(
      moverKeys.map((key) => [key, moversOf(now.by[key], before.by[key], measure, mostMovers)]),
    ) as Report["movers"],
    dearest: { prs: dearestOf(now.by.pr, measure), sessions: dearestOf(now.by.session, measure) },
    days: data.days,
    merged: nothingKnown ? undefined : pieces(pulls?.merged),
    abandoned: nothingKnown ? undefined : pieces(pulls?.abandoned),
    unknownPulls: pulls?.unknown ?? 0,
    fixed: incidents && perPiece(incidents.fixed, spend.now),
    incidents,
    runnerPico,
    roi: sessions.now === 0 ? [] : roiOf(sessions.now, costPico, data.roi),
    roiInputs: { ...data.roi, costPico },
  };
}

function perPiece(count: number, allPico: PicoUsd): PerPiece {
  return count === 0 ? { count, allPico } : { count, allPico, eachPico: divideHalfEven(allPico, BigInt(count)) };
}

function dearestOf(sums: readonly UsageSum[], measure: Measure): readonly Dear[] {
  return sums
    .flatMap((sum) => (sum.group[0] === undefined ? [] : [{ name: sum.group[0], pico: amountIn(measure, sum) }]))
    .filter(({ pico }) => pico > 0n)
    .toSorted((one, other) => (one.pico === other.pico ? 0 : one.pico < other.pico ? 1 : -1))
    .slice(0, mostDearest);
}
