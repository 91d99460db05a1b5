import { printable } from "../../bot/render/printable.ts";
import type { Tally } from "../../machine/import/tally.ts";
import { exactUsd, showUsd } from "../../pipeline/usage/money.ts";

const mostNamed = 5;

const number = (value: number): string => value.toLocaleString("en");
const counted = (value: number, one: string, more = `${one}s`): string => `${number(value)} ${value === 1 ? one : more}`;

/** What an import came to, in sentences. */
export function renderSummary(tally: Tally, isDryRun: boolean): string {
  const lines = [
    filesAndRequests(tally, isDryRun),
    ...money(tally, isDryRun),
    ...troubles(tally),
    ...(isDryRun ? ["Nothing was written."] : []),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function filesAndRequests({ unit, files, filesRead, requests }: Tally, isDryRun: boolean): string {
  if (files > 0 && filesRead === 0) return `${counted(files, "file")}, nothing new in ${files === 1 ? "it" : "them"}.`;
  const { recorded, amended, known, covered, copies } = requests;
  const parts = [
    `${counted(recorded, unit)} ${isDryRun ? "to record" : "recorded"}`,
    ...(amended > 0 ? [`${number(amended)} amended`] : []),
    ...(known > 0 ? [`${number(known)} already known`] : []),
    ...(covered > 0
      ? [`${counted(covered, unit)} left out, as what ${covered === 1 ? "it is the sum" : "they are sums"} of is known`]
      : []),
  ];
  const told = copies > 0 ? ` ${counted(copies, "copy", "copies")} of them ${copies === 1 ? "was" : "were"} left out.` : "";
  return `${files > 0 ? `${counted(files, "file")}, ${number(filesRead)} new or changed: ` : ""}${parts.join(", ")}.${told}`;
}

function money({ unit, requests, costPico, unpriced, isPriced }: Tally, isDryRun: boolean): readonly string[] {
  if (!isPriced) return ["The bot puts on the prices: nextrust usage-report shows them."];
  const { metered, subscription } = costPico;
  const what = isDryRun ? "All of it" : "What was recorded";
  return [
    ...(requests.recorded > 0 && (metered > 0n || subscription === 0n) ? [`${what} cost ${showUsd(metered)}.`] : []),
    ...(subscription > 0n
      ? [`${what} in a subscription comes to ${showUsd(subscription)} at list prices, which nobody is billed for.`]
      : []),
    ...(unpriced.size > 0
      ? [`No price is known for ${models(unpriced, unit)}. They are kept as unpriced; add prices to model-pricing.json.`]
      : []),
  ];
}

function models(unpriced: Tally["unpriced"], unit: Tally["unit"]): string {
  const named = [...unpriced].map(([model, { requests, tokens }]) => `${model} (${counted(requests, unit)}, ${counted(tokens, "token")})`);
  const more = named.length - mostNamed;
  return [...named.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function troubles({
  unit,
  brokenLines,
  tooLongLines,
  firstBroken,
  lostSessions,
  unreadable,
  requests,
  firstRefusal,
}: Tally): readonly string[] {
  const bad = brokenLines + tooLongLines;
  return [
    ...(bad > 0 ? [`${counted(bad, "line")} could not be read${bad === 1 ? "" : ", the first"}: ${firstBroken}.`] : []),
    ...(lostSessions > 0
      ? [`${counted(lostSessions, "session")} had not been captured, as the files say: what they cost is not known.`]
      : []),
    ...(requests.refused > 0 ? [`The bot would not take ${counted(requests.refused, unit)}: ${firstRefusal}`] : []),
    ...unreadable.slice(0, mostNamed).map((each) => `Could not be read: ${each}.`),
    ...(unreadable.length > mostNamed ? [`${unreadable.length - mostNamed} more could not be read.`] : []),
  ];
}

/** The same for programs. */
export function summaryJson(tally: Tally, isDryRun: boolean): string {
  const { unpriced, costPico, isPriced, ...rest } = tally;
  const costUsd = { metered: exactUsd(costPico.metered), subscription: exactUsd(costPico.subscription) };
  const unpricedModels = [...unpriced].map(([model, sum]) => ({ model, ...sum }));
  return `${JSON.stringify({ ...rest, ...(isPriced && { costUsd, unpricedModels }), isDryRun }, null, 2)}\n`;
}
