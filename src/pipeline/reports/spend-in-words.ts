import { showUsd } from "../usage/money.ts";
import { nameOf } from "./name-of.ts";
import type { Report } from "./report.ts";
import { countInWords, showShare } from "./words.ts";

const mostNames = 5;

/** An amount with what it speaks for: `$41.20 for 97.4 % of tokens; unpriced: model x`. Without any price it is unknown, which is not nothing. */
export function spendInWords(
  { spend, measure, coverage, unpriced }: Pick<Report, "measure" | "coverage" | "unpriced"> & { readonly spend: { readonly now: bigint } },
  secrets: readonly string[],
): string {
  const { part, of } = coverage;
  const names = unpriced.slice(0, mostNames).map((name) => nameOf("model", name, secrets));
  const left = unpriced.length - names.length;
  const which = `${names.join(", ")}${left > 0 ? ` and ${countInWords(left)} more` : ""}`;
  if (part === 0 && of > 0) return `unknown: no price for ${which}`;
  const amount = `${showUsd(spend.now)}${measure === "subscription" ? " at list prices, billed by subscription" : ""}`;
  return part === of ? amount : `${amount} for ${showShare(part, of)} of tokens; unpriced: ${which}`;
}
