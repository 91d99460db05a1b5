import { percent, spentOf, subjectInWords, unpricedInWords } from "../../pipeline/budgets/in-words.ts";
import type { BudgetStanding } from "../../pipeline/budgets/standing.ts";
import { showUsd } from "../../pipeline/usage/money.ts";
import type { Mood, Part, Row } from "../../reply.ts";
import { atTime } from "../at-time.ts";

/** A row for each budget: what is spent of what, what is kept for calls under way, and where it is heading. */
export function describeStandings(found: readonly BudgetStanding[], zone: string, now: number): readonly Part[] {
  const rows = found.map(
    (standing): Row => ({ mood: moodOf(standing), cells: [nameOf(standing, zone), spent(standing), outlook(standing, zone, now)] }),
  );
  return [
    {
      kind: "table",
      columns: ["Budget", "Spent", "Outlook"],
      rows,
      more: `Days and hours are those of ${zone}. Subscriptions and free calls count against none.`,
    },
  ];
}

const nameOf = ({ budget: { subject } }: BudgetStanding, zone: string): string => subjectInWords(subject, zone);

function moodOf({ budget: { threshold }, spentPico, reservedPico, forecastPico }: BudgetStanding): Mood {
  if (spentPico >= threshold.criticalPico) return "bad";
  const isClose =
    spentPico + reservedPico >= threshold.warningPico || (forecastPico !== undefined && forecastPico > threshold.criticalPico);
  return isClose ? "busy" : "good";
}

function spent({ budget: { threshold }, spentPico, reservedPico, unpriced }: BudgetStanding): string {
  const kept = reservedPico > 0n ? `, up to ${showUsd(reservedPico)} more by calls under way` : "";
  return `${spentOf(spentPico, threshold.criticalPico)}${kept}${unpricedInWords(unpriced)}`;
}

function outlook({ budget: { subject, threshold }, forecastPico, spentUpAt, override }: BudgetStanding, zone: string, now: number): string {
  const elapsed =
    "period" in subject
      ? [
          `${percent(BigInt(now - subject.period.start), BigInt(subject.period.end - subject.period.start))} of the ${subject.scope} is over`,
        ]
      : [];
  const heading =
    forecastPico === undefined ? [] : [`heading for ${showUsd(forecastPico)} (${percent(forecastPico, threshold.criticalPico)})`];
  const end = spentUpAt === undefined ? [] : [`spent up by ${atTime(spentUpAt, zone)}`];
  const raised = override ? [`limit set by ${override.by} until ${atTime(override.until, zone)}: ${override.reason}`] : [];
  return [...elapsed, ...heading, ...end, ...raised].join(", ") || "in all";
}
