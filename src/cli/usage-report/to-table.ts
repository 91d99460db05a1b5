import { renderTerminal } from "../../bot/render/terminal.ts";
import { done, type Fact, text } from "../../reply.ts";
import { type Amount, type Money, moneyIn } from "./add-up.ts";
import { limited } from "./limited.ts";
import type { UsageReport } from "./report.ts";
import { spanInWords } from "./span.ts";
import { apartInWords, beforeInWords, burnInWords, costInWords, coverageInWords, heads, unnamed, whole } from "./words.ts";

/**
 * For a terminal: the groups, their total, and what the total does and does not say.
 *
 * @param columns how wide it may be; undefined where nobody looks at it
 */
export function toTable(report: UsageReport, limit: number, columns?: number): string {
  const { by, total, groups, span, zone, source, byBasis } = report;
  const { rows, others } = limited(groups, limit);
  const money = moneyIn(total);
  const lines = [
    ...rows.map((group) => toLine(group.name ?? unnamed[by], group, money)),
    ...(others ? [toLine(`${others.count} others`, others, money)] : []),
    toLine("Total", total, money),
  ];
  const titles = [heads[by], "Requests", "Input", "Cache read", "Cache write", "Output", money.label];
  const widths = titles.map((column, at) => Math.max(column.length, ...lines.map((line) => line[at]?.length ?? 0)));
  // Numbers stand with their ends below each other.
  const aligned = (line: readonly string[]) => line.map((cell, at) => (at === 0 ? cell : cell.padStart(widths[at] ?? 0)));
  const facts: readonly (Fact | undefined)[] = [
    { label: "Span", value: spanInWords(span, zone) },
    { label: "Covers", value: coverageInWords(report) },
    fact("Subscription", apartInWords(byBasis.subscription, "subscription")),
    fact("Free", apartInWords(byBasis.free, "free")),
    { label: "Before", value: beforeInWords(report) },
    { label: "Burn", value: burnInWords(report.burn) },
    { label: "Source", value: source },
  ];
  const table = { kind: "table", columns: aligned(titles), rows: lines.map((line) => ({ cells: aligned(line) })) } as const;
  const used = total.requests === 0 ? text("Nothing was used in this span.") : table;
  return renderTerminal(done("listed", used, { kind: "facts", facts: facts.filter((each) => each !== undefined) }), columns);
}

const fact = (label: string, value: string | undefined): Fact | undefined => (value === undefined ? undefined : { label, value });

function toLine(name: string, amount: Amount, money: Money): readonly string[] {
  const { requests, tokens } = amount;
  const counts = [requests, tokens.uncachedIn, tokens.cacheRead, tokens.cacheWrite5m + tokens.cacheWrite1h, tokens.out];
  return [name, ...counts.map(whole), costInWords(amount, money)];
}
