import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import { renderTerminal } from "../../bot/render/terminal.ts";
import type { BudgetPlace } from "../../machine/budget/place.ts";
import { percent, spentOf, unpricedInWords } from "../../pipeline/budgets/in-words.ts";
import { type PicoUsd, parseUsd, showUsd } from "../../pipeline/usage/money.ts";
import { done, type Mood, type Row, type Table } from "../../reply.ts";
import { momentInZone } from "../usage-report/span.ts";

type Granted = Awaited<ReturnType<BudgetPlace["reserve"]>>;
type Budget = BudgetAnswer["budgets"][number];

export function renderGranted(id: string, granted: Granted, isJson: boolean): string {
  if (isJson) return `${JSON.stringify({ id, ...granted }, null, 2)}\n`;
  return granted.isGranted ? `${id} may begin. Settle it when it is done: nextrust budget settle ${id}\n` : `${granted.message}\n`;
}

export function renderStandings(answer: BudgetAnswer, isJson: boolean, columns: number | undefined): string {
  if (isJson) return `${JSON.stringify(answer, null, 2)}\n`;
  if (answer.budgets.length === 0) return "There is no budget: config/model-pricing.json says which there are.\n";
  return renderTerminal(done("shown", budgetTable(answer)), columns);
}

export function budgetTable({ budgets, zone }: BudgetAnswer): Table {
  return {
    kind: "table",
    columns: ["Budget", "Spent", "Outlook"],
    rows: budgets.map((budget) => toRow(budget, zone)),
    more: `Days and hours are those of ${zone}. Subscriptions and free calls count against none.`,
  };
}

const pico = (usd: string): PicoUsd => parseUsd(usd) ?? 0n;

function toRow(budget: Budget, zone: string): Row {
  const moment = (iso: string): string => momentInZone(Date.parse(iso), zone);
  const limit = pico(budget.limitUsd);
  const reserved = pico(budget.reservedUsd);
  const kept = reserved > 0n ? `, up to ${showUsd(reserved)} more by calls under way` : "";
  const outlook = [
    ...(budget.forecastUsd === undefined
      ? []
      : [`heading for ${showUsd(pico(budget.forecastUsd))} (${percent(pico(budget.forecastUsd), limit)})`]),
    ...(budget.spentUpAt === undefined ? [] : [`spent up by ${moment(budget.spentUpAt)}`]),
    ...(budget.until === undefined ? [] : [`until ${moment(budget.until)}`]),
    ...(budget.override ? [`limit set by ${budget.override.by} until ${moment(budget.override.until)}: ${budget.override.reason}`] : []),
  ];
  return {
    mood: moodOf(budget),
    cells: [budget.name, `${spentOf(pico(budget.spentUsd), limit)}${kept}${unpricedInWords(budget.unpriced)}`, outlook.join(", ")],
  };
}

function moodOf({ spentUsd, reservedUsd, warningUsd, limitUsd }: Budget): Mood {
  if (pico(spentUsd) >= pico(limitUsd)) return "bad";
  return pico(spentUsd) + pico(reservedUsd) >= pico(warningUsd) ? "busy" : "good";
}
