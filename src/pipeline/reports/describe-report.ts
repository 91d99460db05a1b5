import { type Fact, facts, type Reply, text } from "../../reply.ts";
import { spanInWords } from "../incidents/span-in-words.ts";
import type { Acknowledged } from "../incidents/time-to-acknowledge.ts";
import { showUsd } from "../usage/money.ts";
import { dayChart } from "./day-chart.ts";
import { describeDearest, describeMovers } from "./describe-movers.ts";
import { describeRoi } from "./describe-roi.ts";
import { periodInWords } from "./period.ts";
import type { PerPiece, Report } from "./report.ts";
import { spendInWords } from "./spend-in-words.ts";
import { changeInWords, counted, countInWords, showShare, tokensInWords } from "./words.ts";

export interface Telling {
  readonly zone: string;
  /** Our own credentials, masked in names. */
  readonly secrets: readonly string[];
  /** What else is to be said, such as that the report was told before. */
  readonly notes?: readonly string[];
}

/** What a week cost, for people: the essentials in the first line, which is what a phone shows. */
export function describeReport(report: Report, { zone, secrets, notes = [] }: Telling): Reply {
  const { period, measure, days } = report;
  const chart = dayChart(days, "model", { title: titles[measure], period, zone, measure, secrets });
  return {
    outcome: "done",
    reason: "usage_report",
    audience: "channel",
    parts: [
      text(`AI usage ${periodInWords(period, zone)}: ${headline(report)}`),
      ...notes.map((note) => text(note)),
      facts(...spendFacts(report, secrets), ...pieceFacts(report)),
      ...(chart ? [chart] : []),
      ...describeMovers(report, secrets),
      ...describeDearest(report, secrets),
      ...describeRoi(report),
    ],
  };
}

const titles = { metered: "Spend by day and model", subscription: "List prices by day and model" } as const;

function headline({ spend, measure, isFirst }: Report): string {
  const amount = `${showUsd(spend.now)}${measure === "subscription" ? " at list prices" : ""}`;
  return isFirst ? amount : `${amount}, ${changeInWords(spend.now, spend.before)} than before`.replace("as much than", "as much as");
}

function spendFacts(report: Report, secrets: readonly string[]): readonly Fact[] {
  const { spend, subscription, measure, freeTokens, requests, sessions, tokens, cacheHits, isFirst, runnerPico } = report;
  const before = (words: string) => (isFirst ? "" : ` (${words} before)`);
  const hits = showShare(cacheHits.part, cacheHits.of);
  return [
    { label: "Spend", value: `${spendInWords(report, secrets)}${before(showUsd(spend.before))}` },
    ...(measure === "metered" && (subscription.now > 0n || subscription.before > 0n)
      ? [
          {
            label: "By subscription",
            value: `${showUsd(subscription.now)} at list prices, not billed by request${before(showUsd(subscription.before))}`,
          },
        ]
      : []),
    ...(freeTokens.now > 0 ? [{ label: "Free", value: counted(freeTokens.now, "token") }] : []),
    ...(runnerPico === undefined ? [] : [{ label: "Runner minutes, besides", value: showUsd(runnerPico) }]),
    { label: "Requests", value: `${countInWords(requests.now)}${before(countInWords(requests.before))}` },
    { label: "Sessions", value: `${countInWords(sessions.now)}${before(countInWords(sessions.before))}` },
    { label: "Tokens", value: `${tokensInWords(tokens.now)}${before(tokensInWords(tokens.before))}` },
    ...(hits === undefined ? [] : [{ label: "Read from caches", value: `${hits} of what went in` }]),
  ];
}

function pieceFacts({ merged, abandoned, unknownPulls, fixed, incidents }: Report): readonly Fact[] {
  const unknown = "unknown: GitHub did not say how they ended";
  const lost =
    abandoned && (abandoned.count === 0 ? "none with usage" : `${showUsd(abandoned.allPico)} on ${countInWords(abandoned.count)}`);
  return [
    { label: "Per merged pull request", value: merged ? perPiece(merged, "none with usage was merged", "merged") : unknown },
    { label: "Pull requests closed unmerged", value: lost ?? unknown },
    ...(unknownPulls > 0 && merged
      ? [{ label: "It is not known how they ended of", value: counted(unknownPulls, "other pull request") }]
      : []),
    {
      label: "Per incident that was fixed",
      value: fixed === undefined ? "unknown: no repository's failures are followed" : perPiece(fixed, "none was fixed", "fixed"),
    },
    ...(incidents && incidents.acknowledged.of > 0 ? [{ label: "Time to acknowledge", value: acknowledged(incidents.acknowledged) }] : []),
  ];
}

const perPiece = ({ count, allPico, eachPico }: PerPiece, none: string, word: string): string =>
  eachPico === undefined ? none : `${showUsd(eachPico)} (${showUsd(allPico)} in all, ${count} ${word})`;

function acknowledged({ of, never, p50, p90 }: Acknowledged): string {
  if (p50 === undefined || p90 === undefined) return `nobody acknowledged any of ${of}`;
  return `p50 ${spanInWords(p50)}, p90 ${spanInWords(p90)}${never === 0 ? "" : `; nobody acknowledged ${never} of ${of}`}`;
}
