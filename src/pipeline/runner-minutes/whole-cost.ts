import { type Part, text } from "../../reply.ts";
import type { Transaction } from "../records.ts";
import type { UsageSum } from "../usage/ledger.ts";
import { showUsd } from "../usage/money.ts";
import type { RunnerSpend } from "./runner-minutes.ts";

type Needs = Pick<Transaction, "ledger" | "runnerMinutes">;

/** What a pull request cost in all: requests to models, and time on runners. Nothing where nothing was spent. */
export async function wholeCost({ ledger, runnerMinutes }: Needs, repository: string, pullRequest: number): Promise<readonly Part[]> {
  const [ai] = await ledger.sums({ repository, pullRequest }, []);
  const [runners] = await runnerMinutes.sums({ repository, pullRequest }, []);
  const line = spentInWords(ai, runners);
  return line === undefined ? [] : [text(line)];
}

/** `Spent: $3.20 on AI, $1.10 on 94 runner minutes`. What is free is only said beside what is not. */
export function spentInWords(ai: Pick<UsageSum, "costPico" | "unpricedTokens"> | undefined, runners: RunnerSpend | undefined) {
  const { metered = 0n, subscription = 0n } = ai?.costPico ?? {};
  const { costPico = 0n, pricedMs = 0, freeMs = 0, unpricedMs = 0 } = runners ?? {};
  const unpricedTokens = ai?.unpricedTokens ?? 0;
  const spent = [
    ...(metered > 0n ? [`${showUsd(metered)} on AI`] : []),
    ...(subscription > 0n ? [`AI worth ${showUsd(subscription)} by a subscription`] : []),
    ...(unpricedTokens > 0 ? [`${unpricedTokens.toLocaleString("en")} AI tokens without a price`] : []),
    ...(costPico > 0n ? [`${showUsd(costPico)} on ${minutesInWords(pricedMs)}`] : []),
    ...(unpricedMs > 0 ? [`${minutesInWords(unpricedMs)} without a price`] : []),
  ];
  if (spent.length === 0) return undefined;
  return `Spent: ${[...spent, ...(freeMs > 0 ? [`${minutesInWords(freeMs)} for free`] : [])].join(", ")}`;
}

/** `94 runner minutes`; what was begun counts whole. */
export function minutesInWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return `${minutes.toLocaleString("en")} runner ${minutes === 1 ? "minute" : "minutes"}`;
}
