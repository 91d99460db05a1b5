import type { FlakyJob } from "../../failures/diagnoses.ts";
import type { Transaction } from "../../records.ts";
import { type FlakeCost, flakeCosts } from "../../runner-minutes/flake-cost.ts";
import type { Incident } from "../incident.ts";
import { type Acknowledged, acknowledgedIn, timeToAcknowledge } from "../time-to-acknowledge.ts";

const dayMs = 24 * 60 * 60_000;
/** How far back the times to acknowledge and the flaky jobs go. */
export const lookBackMs = 7 * dayMs;
const mostFlaky = 5;

export interface Flaky extends FlakyJob {
  readonly repository: string;
}

/** How the incidents of a channel's repositories stand, and what became of them. */
export interface Digest {
  /** Newest first, as are the others. */
  readonly open: readonly Incident[];
  /** Those that began and those that ended since the last digest. */
  readonly opened: readonly Incident[];
  readonly resolved: readonly Incident[];
  /** The jobs that were flaky most often in the last days. */
  readonly flaky: readonly Flaky[];
  /** What failed in the last days and passed later on the same commit cost, the dearest first. */
  readonly flakeCosts: readonly FlakeCost[];
  /** Of the last days' incidents. */
  readonly acknowledged: Acknowledged;
  /** When the last digest was, in milliseconds since the epoch. */
  readonly since: number;
}

/** What nobody was told of, since it was over before, is in no digest. */
export async function digestOf(
  repositories: readonly string[],
  { since, now }: { readonly since: number; readonly now: number },
  { incidents, diagnoses, runnerMinutes, ledger }: Pick<Transaction, "incidents" | "diagnoses" | "runnerMinutes" | "ledger">,
): Promise<Digest> {
  const begun: Incident[] = [];
  const open: Incident[] = [];
  const resolved: Incident[] = [];
  const flaky: Flaky[] = [];
  const costs: FlakeCost[] = [];
  for (const repository of repositories) {
    begun.push(...(await incidents.openedSince(repository, Math.min(since, now - lookBackMs))));
    open.push(...(await incidents.open(repository)));
    resolved.push(...(await incidents.resolvedSince(repository, since)));
    const jobs = await diagnoses.flakiest(repository, now - lookBackMs, mostFlaky);
    flaky.push(...jobs.map((job) => ({ ...job, repository })));
    costs.push(...(await flakeCosts({ runnerMinutes, ledger }, { repository, since: now - lookBackMs, until: now })));
  }
  const recent = told(begun).filter(({ openedAt }) => openedAt >= now - lookBackMs);
  const times: (number | undefined)[] = [];
  for (const { number } of recent) times.push(timeToAcknowledge(await incidents.timeline(number)));
  return {
    open: told(open),
    opened: told(begun).filter(({ openedAt }) => openedAt >= since),
    resolved: told(resolved),
    flaky: flaky.toSorted((one, other) => other.times - one.times || other.lastAt - one.lastAt).slice(0, mostFlaky),
    flakeCosts: costs,
    acknowledged: acknowledgedIn(times),
    since,
  };
}

const told = (all: readonly Incident[]): readonly Incident[] =>
  all.filter(({ isTold }) => isTold).toSorted((one, other) => other.number - one.number);

/** Nothing is red, and nothing happened since the last one: then it is not told. What was flaky before that was told then. */
export const isEmpty = ({ open, opened, resolved, flaky, since }: Digest): boolean =>
  open.length + opened.length + resolved.length === 0 && flaky.every(({ lastAt }) => lastAt < since);
