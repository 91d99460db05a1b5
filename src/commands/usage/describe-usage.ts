import { spentOf } from "../../pipeline/budgets/in-words.ts";
import { forecast } from "../../pipeline/budgets/pace.ts";
import type { BudgetStanding } from "../../pipeline/budgets/standing.ts";
import { rightInWords } from "../../pipeline/orchestrator/describe-score.ts";
import type { Score } from "../../pipeline/orchestrator/score.ts";
import { dayChart } from "../../pipeline/reports/day-chart.ts";
import { amountIn, measureOf, tokensOf } from "../../pipeline/reports/measure.ts";
import { spendInWords } from "../../pipeline/reports/spend-in-words.ts";
import { counted, countInWords, showShare, tokensInWords } from "../../pipeline/reports/words.ts";
import type { UsageKey, UsageSum } from "../../pipeline/usage/ledger.ts";
import { type PicoUsd, showUsd } from "../../pipeline/usage/money.ts";
import { tokensIn } from "../../pipeline/usage/usage.ts";
import { type Fact, facts, type Part, text } from "../../reply.ts";
import type { Asked } from "./span.ts";
import { usageTable } from "./usage-table.ts";

/** What the ledger says of one place. */
export interface Found {
  readonly whole: UsageSum;
  readonly groups: readonly { readonly key: UsageKey; readonly heading: string; readonly sums: readonly UsageSum[] }[];
  /** By `day` and the first of the groups' keys. */
  readonly days: readonly UsageSum[];
  readonly unpriced: readonly string[];
  /** How failures were decided there; absent where none was. */
  readonly triage?: Score;
  /** Of the pull request. */
  readonly budget?: BudgetStanding;
}

interface Telling {
  /** `owner/name#12` */
  readonly about: string;
  readonly asked: Asked;
  readonly zone: string;
  readonly now: number;
  readonly secrets: readonly string[];
}

/** What was used in one place, and what it cost. */
export function describeUsage(
  { whole, groups, days, unpriced, budget, triage }: Found,
  { about, asked, zone, now, secrets }: Telling,
): readonly Part[] {
  const measure = measureOf([whole]);
  const spend = { now: amountIn(measure, whole) };
  const all = tokensOf(whole);
  const words = spendInWords({ spend, measure, coverage: { part: all - whole.unpricedTokens, of: all }, unpriced }, secrets);
  const { since = whole.firstAt, until = asked.query.since === undefined ? whole.lastAt + 1 : now } = asked.query;
  const [first] = groups;
  const chart = first && dayChart(days, first.key, { title: `${about} by day`, period: { since, until }, zone, measure, secrets });
  const pace = asked.month && measure === "metered" ? [paceFact(forecast(spend.now, whole.sessions, asked.month, now))] : [];
  return [
    text(`AI usage of ${about} ${asked.words}: ${words}`),
    facts(...factsOf(whole, measure), ...pace, ...(budget ? [budgetFact(budget)] : []), ...(triage ? [triageFact(triage)] : [])),
    ...groups.flatMap(({ key, heading, sums }) => [text(`By ${heading.toLowerCase()}`), usageTable(sums, key, heading, secrets)]),
    ...(chart ? [chart] : []),
  ];
}

function factsOf(whole: UsageSum, measure: ReturnType<typeof measureOf>): readonly Fact[] {
  const { requests, sessions, tokens, costPico } = whole;
  const hits = showShare(tokens.cacheRead, tokensIn(tokens));
  return [
    { label: "Requests", value: `${countInWords(requests)} in ${counted(sessions, "session")}` },
    { label: "Tokens", value: `${tokensInWords(tokensIn(tokens))} in, ${tokensInWords(tokens.out)} out` },
    ...(hits === undefined ? [] : [{ label: "Read from caches", value: `${hits} of what went in` }]),
    ...(measure === "metered" && costPico.subscription > 0n
      ? [{ label: "By subscription", value: `${showUsd(costPico.subscription)} at list prices, not billed by request` }]
      : []),
  ];
}

const triageFact = (score: Score): Fact => ({
  label: "Triage of failures",
  value: `${showUsd(score.costPico)}; ${showShare(score.withoutPerson, score.failures)} of ${score.failures} decided without a person, right: ${rightInWords(score.decided)}`,
});

const budgetFact = ({ spentPico, budget: { threshold } }: BudgetStanding): Fact => ({
  label: "Its budget",
  value: spentOf(spentPico, threshold.criticalPico),
});

const paceFact = (pico: PicoUsd | undefined): Fact => ({
  label: "At the end of the month, at this pace",
  value: pico === undefined ? "too early to say: it takes a tenth of the month and five sessions" : showUsd(pico),
});
