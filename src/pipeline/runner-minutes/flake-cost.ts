import type { Diagnosis } from "../failures/diagnosis.ts";
import { clipped } from "../logs/clipped.ts";
import type { Transaction } from "../records.ts";
import { type PicoUsd, showUsd, sumOf } from "../usage/money.ts";
import type { Flake, RunnerQuery } from "./runner-minutes.ts";
import { minutesInWords } from "./whole-cost.ts";

/** How far back the cost of a flake goes. */
const flakeWindowMs = 7 * 24 * 60 * 60_000;

/** So many runs of one flake, any of them, are looked up in the ledger. */
const mostRuns = 500;
const longestJob = 80;

/** What a flake cost: the time on runners of what failed, and what was spent on AI in these runs. */
export interface FlakeCost extends Omit<Flake, "runIds"> {
  readonly aiPico: PicoUsd;
}

type Needs = Pick<Transaction, "runnerMinutes" | "ledger">;

/**
 * What failed in that time and passed later on the same commit, the dearest first. What was spent on AI is known by the run: where several of
 * its jobs are flaky, it counts for the first of them, so that nothing counts twice.
 */
export async function flakeCosts(
  { runnerMinutes, ledger }: Needs,
  query: Omit<RunnerQuery, "pullRequest">,
  isAsked: (job: string) => boolean = () => true,
): Promise<readonly FlakeCost[]> {
  const counted = new Set<number>();
  const costs: FlakeCost[] = [];
  for (const { runIds: all, ...flake } of await runnerMinutes.flakes(query)) {
    const runIds = all.filter((runId) => !counted.has(runId));
    for (const runId of runIds) counted.add(runId);
    if (!isAsked(flake.job)) continue;
    const asked = { repository: flake.repository, runIds: runIds.slice(0, mostRuns) };
    const [ai] = runIds.length === 0 ? [] : await ledger.sums(asked, []);
    costs.push({ ...flake, aiPico: ai?.costPico.metered ?? 0n });
  }
  return costs;
}

/** What the flaky jobs of runs cost in the week before they were looked into, in sentences by the run's id. */
export async function flakeLines(
  tx: Needs,
  diagnoses: readonly Pick<Diagnosis, "repository" | "runId" | "verdict" | "jobs" | "at">[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const lines = new Map<number, readonly string[]>();
  for (const { repository, runId, verdict, jobs, at } of diagnoses) {
    if (verdict !== "flaky") continue;
    const names = new Set(jobs.map(({ name }) => name));
    const costs = await flakeCosts(tx, { repository, since: at - flakeWindowMs }, (job) => names.has(job));
    lines.set(runId, costs.map(flakeInWords));
  }
  return lines;
}

/** `test-rust: this flake cost $41.00 in 7 days: 12 failed attempts, 85 runner minutes.` */
const flakeInWords = (cost: FlakeCost): string => `${clipped(cost.job, longestJob)}: this flake ${costInWords([cost])}.`;

/** `cost $41.00 in 7 days: 12 failed attempts, 85 runner minutes, $1.20 of it on AI` */
export function costInWords(costs: readonly FlakeCost[]): string {
  const add = (of: (cost: FlakeCost) => number) => costs.reduce((sum, cost) => sum + of(cost), 0);
  const ai = sumOf(costs.map(({ aiPico }) => aiPico));
  const whole = sumOf(costs.map(wholePico));
  const failed = add(({ failedAttempts }) => failedAttempts);
  const attempts = `${failed.toLocaleString("en")} failed ${failed === 1 ? "attempt" : "attempts"}`;
  const minutes = minutesInWords(add(billedMs));
  const unpriced = add(({ unpricedMs }) => unpricedMs);
  const notes = [
    ...(unpriced > 0 ? [`${minutesInWords(unpriced)} of them without a price`] : []),
    ...(ai > 0n ? [`${showUsd(ai)} of it on AI`] : []),
  ];
  const rest = notes.map((note) => `, ${note}`).join("");
  return whole > 0n ? `cost ${showUsd(whole)} in 7 days: ${attempts}, ${minutes}${rest}` : `took ${minutes} in 7 days: ${attempts}${rest}`;
}

/** `$41.00, 85 runner minutes` */
export function costInShort(cost: FlakeCost): string {
  const whole = wholePico(cost);
  return [...(whole > 0n ? [showUsd(whole)] : []), minutesInWords(billedMs(cost))].join(", ");
}

const wholePico = ({ costPico, aiPico }: FlakeCost): PicoUsd => costPico + aiPico;
const billedMs = ({ pricedMs, freeMs, unpricedMs }: FlakeCost): number => pricedMs + freeMs + unpricedMs;
