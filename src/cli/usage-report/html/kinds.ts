import { type Tokens, tokensIn } from "../../../pipeline/usage/usage.ts";
import { percent, short } from "../words.ts";
import { swatch } from "./bar.ts";
import { html, type Markup } from "./markup.ts";

const width = 1000;

/** What the input was made of: how much of it came from the cache. */
export function kindsOfInput(tokens: Tokens): Markup {
  const kinds = [
    { name: "Read from the cache", count: tokens.cacheRead, colour: 1 },
    { name: "Written into it for 5 minutes", count: tokens.cacheWrite5m, colour: 2 },
    { name: "Written into it for an hour", count: tokens.cacheWrite1h, colour: 3 },
    { name: "Uncached", count: tokens.uncachedIn, colour: 0 },
  ];
  const all = tokensIn(tokens);
  let x = 0;
  const parts = kinds.map(({ name, count, colour }) => {
    const size = all === 0 ? 0 : (count / all) * width;
    const part = html`<rect class="f${colour}" x="${x.toFixed(1)}" width="${size.toFixed(1)}" height="28"><title>${name}: ${percent(count, all)}</title></rect>`;
    x += size;
    return part;
  });
  return html`<section class="card"><h2>Where the input came from</h2>
<p class="soft small">${percent(tokens.cacheRead, all)} was read from the cache, which costs a tenth of the price or less with most vendors.</p>
<svg viewBox="0 0 ${width} 28" preserveAspectRatio="none" role="img" aria-labelledby="kinds-title kinds-desc"><title id="kinds-title">Kinds of input tokens</title><desc id="kinds-desc">The table below has the same numbers.</desc><rect class="track" width="${width}" height="28"/>${parts}</svg>
<table><thead><tr><th scope="col">Input</th><th scope="col" class="n">Tokens</th><th scope="col" class="n">Share</th></tr></thead>
<tbody>${kinds.map(({ name, count, colour }) => html`<tr><th scope="row"><span class="key">${swatch(colour)}</span>${name}</th><td class="n">${short(count)}</td><td class="n">${percent(count, all)}</td></tr>`)}</tbody></table></section>`;
}
