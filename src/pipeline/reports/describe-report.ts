import { type Fact, facts, type Part, type Reply, type Row, type Table, text } from "../../reply.ts";
import { spanInWords } from "../incidents/span-in-words.ts";
import type { Acknowledged } from "../incidents/time-to-acknowledge.ts";
import { type PicoUsd, showUsd } from "../usage/money.ts";
import { dayChart } from "./day-chart.ts";
import { describeRoi } from "./describe-roi.ts";
import { changeOf } from "./movers.ts";
import { nameOf } from "./name-of.ts";
import { periodInWords } from "./period.ts";
import type { PerPiece, Report } from "./report.ts";
import { spendInWords } from "./spend-in-words.ts";
import { type MoverKey, moverKeys } from "./usage-in.ts";
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
      ...moversTable(report, secrets),
      ...dearestTable(report, secrets),
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
  const unseen = unknownPulls > 0 ? `; of ${counted(unknownPulls, "other")} it is not known how they ended` : "";
  const ofPulls = (pieces: PerPiece | undefined, word: string) =>
    pieces === undefined
      ? "unknown: GitHub did not say how they ended"
      : `${perPiece(pieces, `none with usage was ${word}`, word)}${unseen}`;
  return [
    { label: "Per merged pull request", value: ofPulls(merged, "merged") },
    {
      label: "On pull requests closed unmerged",
      value: abandoned?.count ? `${showUsd(abandoned.allPico)} (${abandoned.count})${unseen}` : ofPulls(abandoned, "closed unmerged"),
    },
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

const kinds: Readonly<Record<MoverKey, readonly [one: string, many: string]>> = {
  model: ["model", "models"],
  service: ["service", "services"],
  phase: ["phase", "phases"],
  pr: ["pull request", "pull requests"],
  actor: ["person", "people"],
};

function moversTable({ movers, isFirst }: Report, secrets: readonly string[]): readonly Table[] {
  // One alone moved as the whole did.
  const keys = isFirst ? [] : moverKeys.filter((key) => movers[key].shown.length > 1);
  const rows = keys.flatMap((key) =>
    movers[key].shown.map((mover): Row => {
      const name = `${kinds[key][0]} ${nameOf(key, mover.name, secrets)}`;
      return { cells: [name, signed(changeOf(mover)), showUsd(mover.nowPico), showUsd(mover.beforePico)] };
    }),
  );
  const others = keys.flatMap((key) => {
    const { count, changePico } = movers[key].rest;
    return count === 0 ? [] : [`${counted(count, ...kinds[key])} ${signed(changePico)}`];
  });
  const more = others.length > 0 ? { more: `Others that moved: ${others.join(", ")}` } : {};
  return rows.length === 0 ? [] : [{ kind: "table", columns: ["What moved most", "Change", "Now", "Before"], rows, ...more }];
}

const signed = (change: PicoUsd): string => `${change > 0n ? "+" : ""}${showUsd(change)}`;

function dearestTable({ dearest }: Report, secrets: readonly string[]): readonly Part[] {
  const rows = [
    ...dearest.prs.map(({ name, pico }): Row => ({ cells: [nameOf("pr", name, secrets), showUsd(pico)] })),
    ...dearest.sessions.map(({ name, pico }): Row => ({ cells: [`session ${nameOf("session", name, secrets)}`, showUsd(pico)] })),
  ];
  return rows.length === 0 ? [] : [{ kind: "table", columns: ["Dearest", "Cost in the period"], rows }];
}
