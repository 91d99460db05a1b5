import type { UsageReport } from "../report.ts";
import { apartInWords, coverageInWords, whole } from "../words.ts";
import { html, type Markup } from "./markup.ts";

/** For what the money speaks, and for what it does not. */
export function coverage(report: UsageReport): Markup {
  const { unpriced, byBasis } = report;
  const apart = [
    { name: "Subscription", words: apartInWords(byBasis.subscription, "subscription") },
    { name: "Free", words: apartInWords(byBasis.free, "free") },
  ].filter(({ words }) => words !== undefined);
  return html`<section class="card"><h2>What the money covers</h2>
<p>${coverageInWords({ ...report, unpriced: [] })}.</p>
${apart.map(({ name, words }) => html`<p class="soft small">${name}: ${words}.</p>`)}
${unpriced.length === 0 ? html`<p class="soft small">Every model has a price.</p>` : unpricedTable(unpriced)}</section>`;
}

const unpricedTable = (unpriced: UsageReport["unpriced"]): Markup => html`<table>
<caption>Without a price, which is not the same as free</caption>
<thead><tr><th scope="col">Model</th><th scope="col" class="n">Tokens</th></tr></thead>
<tbody>${unpriced.map(({ model, tokens }) => html`<tr><th scope="row">${model}</th><td class="n">${whole(tokens)}</td></tr>`)}</tbody></table>`;
