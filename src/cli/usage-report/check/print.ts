import { renderTerminal } from "../../../bot/render/terminal.ts";
import { asTheirs, type CcusageTokens } from "../../../pipeline/usage/ccusage-usage.ts";
import type { Comparison, Difference } from "../../../pipeline/usage/compare-ccusage.ts";
import { exactUsd, showUsd } from "../../../pipeline/usage/money.ts";
import { done, text } from "../../../reply.ts";
import { counted, whole } from "../words.ts";

const mostRows = 40;

/** Each difference with its cause, those that nothing explains first. */
export function printComparison({ same, differences }: Comparison, format: "table" | "json", columns: number | undefined): string {
  if (format === "json") return `${JSON.stringify({ same, differences: differences.map(toJson) }, undefined, 2)}\n`;
  const matches = `${counted(same, "pair")} of session and model ${same === 1 ? "is" : "are"} the same here and in ccusage.`;
  if (differences.length === 0) return renderTerminal(done("same", text(`${matches} Nothing differs.`)));
  const unexplained = differences.filter(({ cause }) => cause === "unexplained");
  const rows = [...unexplained, ...differences.filter((each) => !unexplained.includes(each))];
  const table = {
    kind: "table",
    columns: ["Session", "Model", "Tokens here", "There", "Cost here", "There", "Cause", "Why"],
    ...(rows.length > mostRows && { more: `${counted(rows.length - mostRows, "more difference")}: --format json has all.` }),
    rows: rows.slice(0, mostRows).map((row) => ({ cells: toCells(row), ...(row.cause === "unexplained" && { mood: "bad" as const }) })),
  } as const;
  const found = [...Map.groupBy(rows, ({ cause }) => cause)].map(([cause, all]) => `${cause} ${whole(all.length)}`).join(", ");
  const verdict = unexplained.length === 0 ? "each explained" : `of which nothing explains ${whole(unexplained.length)}`;
  const sentence = `${matches} ${counted(differences.length, "difference")}, ${verdict}: ${found}.`;
  return renderTerminal(done("different", table, text(sentence)), columns);
}

const sum = ({ uncachedIn, cacheRead, cacheWrite, out }: CcusageTokens): number => uncachedIn + cacheRead + cacheWrite + out;

const toCells = ({ session, model, theirs, ours, cause, why }: Difference): readonly string[] => [
  session,
  model,
  ours ? whole(sum(asTheirs(ours.tokens))) : "–",
  theirs ? whole(sum(theirs.tokens)) : "–",
  ours ? (ours.unpricedTokens > 0 && ours.costPico === 0n ? "unpriced" : showUsd(ours.costPico)) : "–",
  theirs ? (theirs.isUnpriced ? "unpriced" : showUsd(theirs.costPico)) : "–",
  cause,
  why,
];

const toJson = ({ session, model, cause, why, theirs, ours }: Difference) => ({
  session,
  model,
  cause,
  why,
  here: ours ? { tokens: ours.tokens, costUsd: exactUsd(ours.costPico), unpricedTokens: ours.unpricedTokens, service: ours.service } : null,
  there: theirs ? { tokens: theirs.tokens, costUsd: exactUsd(theirs.costPico), isUnpriced: theirs.isUnpriced } : null,
});
