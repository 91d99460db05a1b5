import { renderTerminal } from "../../bot/render/terminal.ts";
import type { PicoUsd } from "../../pipeline/usage/money.ts";
import { done, type Part, text } from "../../reply.ts";
import type { Comparison, Difference } from "./compare.ts";
import { ofMillion } from "./in-usd.ts";

const mostNames = 20;

export function printComparison({ differences, compared, lackedByUs, lackedByThem }: Comparison, asJson: boolean): string {
  if (asJson) return `${JSON.stringify({ differences: differences.map(toJson), compared, lackedByUs, lackedByThem }, undefined, 2)}\n`;
  const rows = differences.map((each) => ({
    cells: [each.model, each.field, shown(each, each.ours), shown(each, each.theirs), byHowMuch(each)],
  }));
  const table: Part = {
    kind: "table",
    columns: ["Model", "Price", "Ours", "Theirs", "Ours less theirs"],
    rows,
    more: "USD for a million tokens.",
  };
  return renderTerminal(
    done(
      "listed",
      ...(rows.length > 0 ? [table] : []),
      text(`${compared.length} ${compared.length === 1 ? "model" : "models"} compared, ${count(rows.length, "difference")}.`),
      ...(lackedByUs.length > 0 ? [text(`Without a price here: ${some(lackedByUs)}.`)] : []),
      ...(lackedByThem.length > 0 ? [text(`Not in their list: ${some(lackedByThem)}.`)] : []),
    ),
  );
}

const count = (number: number, word: string): string => (number === 0 ? `no ${word}` : `${number} ${word}${number === 1 ? "" : "s"}`);

const some = (names: readonly string[]): string =>
  names.length > mostNames ? `${names.slice(0, mostNames).join(", ")} and ${names.length - mostNames} more` : names.join(", ");

const isCount = ({ field }: Difference): boolean => field === "extended_above";

function shown(difference: Difference, value: PicoUsd | undefined): string {
  if (value === undefined) return "none";
  return isCount(difference) ? `${value} tokens` : ofMillion(value);
}

function byHowMuch(difference: Difference): string {
  const { ours, theirs } = difference;
  return ours === undefined || theirs === undefined ? "" : shown(difference, ours - theirs);
}

function toJson(difference: Difference) {
  const { model, field, ours, theirs, key } = difference;
  const inJson = (value: PicoUsd | undefined) => {
    if (value === undefined) return null;
    return isCount(difference) ? Number(value) : ofMillion(value);
  };
  return {
    model,
    field,
    ours: inJson(ours),
    theirs: inJson(theirs),
    difference: inJson(ours !== undefined && theirs !== undefined ? ours - theirs : undefined),
    key,
  };
}
