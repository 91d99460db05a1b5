import { renderTerminal } from "../../bot/render/terminal.ts";
import { showUsd } from "../../pipeline/usage/money.ts";
import { done, type Part, text } from "../../reply.ts";
import type { CaseChange, Comparison } from "./compare.ts";
import type { Group, Scorecard } from "./scorecard.ts";
import type { Share } from "./shares.ts";

const percent = (value: number | null): string => (value === null ? "–" : `${(value * 100).toFixed(1)} %`);
const withRange = ({ share, low, high, count, of }: Share): string =>
  share === null ? "–" : `${percent(share)} (${count} of ${of}; ${percent(low)} to ${percent(high)})`;
const decimal = (value: number | null): string => (value === null ? "–" : value.toFixed(3));

/** The figures that are looked at first, the best measure of the whole at the top. */
function rowsOf(group: Group): readonly (readonly [name: string, value: string])[] {
  const { calls, answered, failed, costPico, callsWithoutCost, tokensIn, tokensOut, p50Ms, p95Ms } = group.spent;
  const seconds = (ms: number | null) => (ms === null ? "–" : `${(ms / 1000).toFixed(1)} s`);
  const failures = Object.entries(failed).map(([kind, count]) => `${count} ${kind.replaceAll("_", " ")}`);
  return [
    ...(group.set === "triage" ? triageRows(group) : reviewRows(group)),
    ["Calls", `${calls}, ${answered} answered${failures.length > 0 ? `; failed: ${failures.join(", ")}` : ""}`],
    ["Cost", `${showUsd(BigInt(costPico))}${callsWithoutCost > 0 ? `, and ${callsWithoutCost} calls of unknown cost` : ""}`],
    ["Tokens", `${tokensIn.toLocaleString("en")} in, ${tokensOut.toLocaleString("en")} out`],
    ["Time", `p50 ${seconds(p50Ms)}, p95 ${seconds(p95Ms)}`],
  ];
}

const triageRows = ({ figures }: Extract<Group, { set: "triage" }>): readonly (readonly [string, string])[] => [
  ["Right", withRange(figures.right)],
  ["Always retry once", withRange(figures.alwaysRetry)],
  ["Right where the log is hostile", withRange(figures.rightOfHostile)],
  ["Decided without a person", withRange(figures.decided)],
  ["Right when sure (0.8 and more)", withRange(figures.rightWhenSure)],
  ["Brier score", decimal(figures.brier)],
  ["Quotes only what is in the log", withRange(figures.withValidEvidence)],
  ["Quotes what shows it", withRange(figures.withLabelledEvidence)],
  ["F1, micro and macro", `${decimal(figures.micro.f1)}, ${decimal(figures.macro.f1)}`],
  ...Object.entries(figures.actions).map(
    ([action, { precision, recall }]) => [`  ${action}`, `precision ${percent(precision.share)}, recall ${percent(recall.share)}`] as const,
  ),
];

const reviewRows = ({ figures }: Extract<Group, { set: "review" }>): readonly (readonly [string, string])[] => [
  ["F1", decimal(figures.f1)],
  ["Precision", withRange(figures.precision)],
  ["Recall", withRange(figures.recall)],
  ["False alarms a clean diff", decimal(figures.falseAlarms.perDiff)],
  ["Silent on clean diffs", withRange(figures.silentOnClean)],
  ["Severity fits", withRange(figures.severityAgrees)],
];

const titleOf = ({ set, model, service, prompt }: Group): string => `${set}: ${model} through ${service}, ${prompt}`;

/** A scorecard for people. */
export function printCard(card: Scorecard, columns?: number): string {
  const parts: Part[] = card.groups.flatMap((group) => [
    text(titleOf(group)),
    { kind: "table", columns: ["Figure", "Value"], rows: rowsOf(group).map((cells) => ({ cells })) },
  ]);
  if (card.stoppedBy !== null) parts.push(text(`Stopped: ${card.stoppedBy} Not asked: ${card.notAsked.length} cases.`, "bad"));
  if (card.groups.length === 0) parts.unshift(text("Nothing was asked."));
  return renderTerminal(done("listed", ...parts), columns);
}

/** A comparison for people. */
export function printComparison({ isSameSet, figures, better, worse, only }: Comparison, columns?: number): string {
  const parts: Part[] = [];
  if (!isSameSet) parts.push(text("The two are of different sets: figures of all cases cannot be compared, single cases can.", "busy"));
  for (const { before, after } of figures) {
    const old = new Map(rowsOf(before));
    const rows = rowsOf(after).map(([name, value]) => ({ cells: [name, old.get(name) ?? "–", value] }));
    parts.push(text(`${titleOf(before)} → ${titleOf(after)}`), { kind: "table", columns: ["Figure", "Before", "After"], rows });
  }
  parts.push(...casesIn("Better", better), ...casesIn("Worse", worse));
  if (better.length + worse.length === 0) parts.push(text("No case got better or worse."));
  const apart = [...only.before, ...only.after];
  if (apart.length > 0) parts.push(text(`Only in one of them: ${apart.join(", ")}.`));
  return renderTerminal(done("listed", ...parts), columns);
}

const casesIn = (title: string, changes: readonly CaseChange[]): readonly Part[] =>
  changes.length === 0
    ? []
    : [
        text(`${title}: ${changes.length}`, title === "Better" ? "good" : "bad"),
        {
          kind: "table",
          columns: ["Set", "Case", "Before", "After"],
          rows: changes.map(({ set, case: id, before, after }) => ({ cells: [set, id, before, after] })),
        },
      ];
