import { roughUsd } from "../../../pipeline/usage/money.ts";
import { type Amount, addUp, type Money } from "../add-up.ts";
import { limited } from "../limited.ts";
import type { Group } from "../report.ts";
import { costInWords, short, whole } from "../words.ts";
import { bar } from "./bar.ts";
import { html, type Markup } from "./markup.ts";

interface Shown {
  readonly caption: string;
  /** Of the first column. */
  readonly head: string;
  /** What a group without a name is called. */
  readonly unnamed: string;
  readonly limit: number;
  readonly money: Money;
  /** With the tokens of each kind. */
  readonly isFull?: boolean;
}

/** Groups with a bar for the share of each, the rest in one line, and their total. */
export function groupTable(groups: readonly Group[], { caption, head, unnamed, limit, money, isFull = false }: Shown): Markup {
  const { rows, others } = limited(groups, limit);
  const total = addUp(groups);
  const all = roughUsd(money.of(total));
  const share = (group: Amount) => (all === 0 ? 0 : roughUsd(money.of(group)) / all);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${head}</th>${isFull ? tokenHeads : undefined}<th scope="col" class="n wide">Requests</th><th scope="col" class="n">${money.label}</th><th scope="col" class="wide"><span class="soft">Share</span></th></tr></thead>
<tbody>
${rows.map((group) => toRow(group.name ?? unnamed, group, share(group), { money, isFull }))}
${others ? toRow(`${others.count} others`, others, share(others), { money, isFull, colour: 5 }) : undefined}
</tbody>
<tfoot>${toRow("Total", total, undefined, { money, isFull })}</tfoot>
</table></div>`;
}

const tokenHeads = html`${["Input", "Cache read", "Cache write", "Output"].map((head) => html`<th scope="col" class="n wide">${head}</th>`)}`;

type Look = Pick<Shown, "money"> & { readonly isFull: boolean; readonly colour?: number };

function toRow(name: string, amount: Amount, share: number | undefined, { money, isFull, colour = 0 }: Look): Markup {
  const { tokens, requests } = amount;
  const kinds = isFull ? [tokens.uncachedIn, tokens.cacheRead, tokens.cacheWrite5m + tokens.cacheWrite1h, tokens.out] : [];
  return html`<tr><th scope="row">${name}</th>${kinds.map((count) => html`<td class="n wide">${short(count)}</td>`)}<td class="n wide">${whole(requests)}</td><td class="n">${costInWords(amount, money)}</td><td class="bar wide">${share === undefined ? undefined : bar(share, colour)}</td></tr>`;
}
