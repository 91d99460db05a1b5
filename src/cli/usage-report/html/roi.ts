import { divideHalfEven, type PicoUsd, showUsd } from "../../../pipeline/usage/money.ts";
import type { MinutesSaved } from "../options.ts";
import { counted } from "../words.ts";
import { html, type Markup } from "./markup.ts";

/** What the estimate assumes; nothing of it was measured. */
export interface Assumed {
  readonly hourlyPico: PicoUsd;
  readonly minutesSaved: MinutesSaved;
}

const cases = ["Low", "Mid", "High"] as const;

/** What the time that sessions save might be worth, three times: an estimate of stated assumptions is no single number. */
export function roi(sessions: number, costPico: PicoUsd, { hourlyPico, minutesSaved }: Assumed): Markup {
  const rows = cases.map((name, at) => {
    const minutes = minutesSaved[at] ?? 0;
    const worth = divideHalfEven(BigInt(sessions * minutes) * hourlyPico, 60n);
    return { name, minutes, hours: (sessions * minutes) / 60, worth, left: worth - costPico };
  });
  return html`<section class="card"><h2>If sessions save time</h2>
<p class="soft small">An estimate, not a measurement: ${counted(sessions, "session")}, ${showUsd(hourlyPico)} an hour, and so many minutes saved by each.</p>
<div class="scroll" tabindex="0" role="region" aria-label="What saved time may be worth"><table>
<thead><tr><th scope="col">Assumed</th><th scope="col" class="n">Minutes a session</th><th scope="col" class="n wide">Hours</th><th scope="col" class="n">Worth</th><th scope="col" class="n">After cost</th></tr></thead>
<tbody>${rows.map(
    ({ name, minutes, hours, worth, left }) =>
      html`<tr><th scope="row">${name}</th><td class="n">${minutes}</td><td class="n wide">${hours.toFixed(1)}</td><td class="n">${showUsd(worth)}</td><td class="n ${left < 0n ? "bad" : "good"}">${showUsd(left)}</td></tr>`,
  )}</tbody></table></div></section>`;
}
