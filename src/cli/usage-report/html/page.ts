import { createHash } from "node:crypto";
import { moneyIn } from "../add-up.ts";
import type { Details } from "../details.ts";
import type { UsageReport } from "../report.ts";
import { momentInZone, spanInWords } from "../span.ts";
import { heads, unnamed } from "../words.ts";
import { coverage } from "./coverage.ts";
import { daysChart } from "./days-chart.ts";
import { groupTable } from "./group-table.ts";
import { keyFigures } from "./key-figures.ts";
import { kindsOfInput } from "./kinds.ts";
import { html, Markup } from "./markup.ts";
import { type Assumed, roi } from "./roi.ts";
import { style } from "./style.ts";

interface Setting {
  /** Rows of a table at most; the rest is summed. */
  readonly limit: number;
  /** When it was made, in milliseconds since the epoch. */
  readonly now: number;
}

const mostDearest = 8;

/** The report as one file that needs nothing else: no script, no font, no picture, and a policy that lets none in. */
export function renderPage(report: UsageReport, details: Details, assumed: Assumed, { limit, now }: Setting): string {
  const { span, zone, total, by, groups, source } = report;
  const money = moneyIn(total);
  const title = `AI usage, ${spanInWords(span, zone)}`;
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const sessions = details.sessions.filter(({ name }) => name !== undefined);
  const pulls = details.pulls.filter(({ name }) => name !== undefined);
  const dearest = { limit: mostDearest, money } as const;
  const isOwnTable = by !== "model" && by !== "day";
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${title}</title>
<style>${new Markup(style)}</style></head>
<body><header><h1>What models were used for, and what it cost</h1>
<p>${spanInWords(span, zone)}</p><p class="soft small">Source: ${source}</p></header>
<main>
${keyFigures(report, details.before)}
<section class="card"><h2>Spend by day</h2><p class="soft small">${money.label === "Cost" ? "What was billed by the request" : "At list prices: nothing was billed by the request"}; days in ${zone}.</p>
${details.days.length === 0 ? html`<p>Nothing was used.</p>` : daysChart(details, money)}</section>
<section class="card"><h2>By model</h2>${groupTable(details.models, { caption: "Models, the dearest first", head: "Model", unnamed: unnamed.model, limit, money, isFull: true })}</section>
${isOwnTable ? html`<section class="card"><h2>By ${heads[by].toLowerCase()}</h2>${groupTable(groups, { caption: `The dearest first`, head: heads[by], unnamed: unnamed[by], limit, money, isFull: true })}</section>` : undefined}
<div class="pair">
<section class="card"><h2>Dearest pull requests</h2>${pulls.length === 0 ? html`<p class="soft">No request names a pull request.</p>` : groupTable(pulls, { caption: "With all they used", head: "Pull request", unnamed: "", ...dearest })}</section>
<section class="card code"><h2>Dearest sessions</h2>${sessions.length === 0 ? html`<p class="soft">No request names a session.</p>` : groupTable(sessions, { caption: "With all they used", head: "Session", unnamed: "", ...dearest })}</section>
</div>
<div class="pair">${kindsOfInput(total.tokens)}${coverage(report)}</div>
${roi(sessions.length, money.of(total), assumed)}
</main>
<footer><h2>How this was computed</h2>
<p>Every request is in the ledger once, with the price of its day; it is not priced again when prices change. Sums are exact to 10<sup>−12</sup> dollars and are rounded only where they are shown. What has no price counts as unpriced, not as nothing. A subscription is shown at list prices and is not part of what was billed.</p>
<p>The span holds its first moment and not its last; the span before is of the same length. Parts that are not listed are summed as “others”, so that the rows add up to the total.</p>
<p>Made ${momentInZone(now, zone)} (${zone}) by nextrust usage-report.</p></footer>
</body></html>
`.text;
}
