import { html, type Markup } from "./markup.ts";

/** A share between 0 and 1 as a bar; the number stands beside it, so that it is hidden from who cannot see it. */
export function bar(share: number, colour = 0): Markup {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8" rx="1"/><rect class="f${colour}" width="${width.toFixed(2)}" height="8" rx="1"/></svg>`;
}

/** The colour of a series, as it stands in a legend. */
export const swatch = (colour: number): Markup =>
  html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="f${colour}" width="10" height="10" rx="2"/></svg>`;
