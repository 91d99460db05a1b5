import { matchesGlob } from "../policy/glob.ts";
import { divideHalfEven, type PicoUsd } from "../usage/money.ts";
import { githubPriceOf } from "./github-prices.ts";

/** What a minute on a runner costs, by a label that its jobs ask for. */
export interface RunnerPrice {
  /** A label or a pattern of labels, whose case does not matter. */
  readonly label: string;
  readonly picoPerMinute: PicoUsd;
  /** Whether each job is billed in whole minutes, as GitHub does it. */
  readonly isInWholeMinutes: boolean;
}

/** Of a job: it has a price, it is free, or nobody knows what it costs, which is not nothing. */
export type RunnerBasis = "priced" | "free" | "unpriced";

export interface JobCost {
  readonly basis: RunnerBasis;
  /** The label or pattern that the price stands at; without a price, the labels that were asked for. */
  readonly label: string;
  /** How long it ran, in whole minutes where it is billed so. */
  readonly billedMs: number;
  /** Absent where it is unpriced. */
  readonly costPico?: PicoUsd;
}

export interface RanJob {
  readonly labels: readonly string[];
  readonly isPrivate: boolean;
  readonly ranMs: number;
}

const minuteMs = 60_000;
const longestLabel = 200;

/** What one attempt of a job costs, by the first of the prices that fits one of its labels, and else by GitHub's list. */
export function costOfJob({ labels, isPrivate, ranMs }: RanJob, prices: readonly RunnerPrice[]): JobCost {
  const asked = labels.map((label) => label.toLowerCase());
  const isHosted = !asked.includes("self-hosted");
  const listed = isHosted ? githubPriceOf(asked) : undefined;
  // Whatever a team pays for these elsewhere, GitHub bills nobody for them on public repositories.
  if (listed?.isStandard && !isPrivate)
    return { basis: "free", label: listed.label, billedMs: wholeMinutes(ranMs) * minuteMs, costPico: 0n };

  const own = prices.find(({ label }) => asked.some((one) => matchesGlob(label.toLowerCase(), one)));
  const price = own ?? (listed && { ...listed, isInWholeMinutes: true });
  if (!price) return { basis: "unpriced", label: labels.join(", ").slice(0, longestLabel) || "no label", billedMs: Math.max(ranMs, 0) };
  const billedMs = price.isInWholeMinutes ? wholeMinutes(ranMs) * minuteMs : Math.max(ranMs, 0);
  const costPico = divideHalfEven(price.picoPerMinute * BigInt(billedMs), BigInt(minuteMs));
  return { basis: "priced", label: price.label, billedMs, costPico };
}

/** Times come in whole seconds: what ran for none of them ran for a part of one. */
const wholeMinutes = (ranMs: number): number => Math.max(Math.ceil(ranMs / minuteMs), 1);
