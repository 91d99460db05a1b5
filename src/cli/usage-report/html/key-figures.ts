import { showUsd } from "../../../pipeline/usage/money.ts";
import { allTokens, tokensIn } from "../../../pipeline/usage/usage.ts";
import { type Amount, moneyIn, pricedTokens } from "../add-up.ts";
import type { UsageReport } from "../report.ts";
import { changeInWords, percent, short, whole } from "../words.ts";
import { html, type Markup } from "./markup.ts";

/** The few numbers that people look for first, each beside that of the span before. */
export function keyFigures({ total, burn }: UsageReport, before: Amount): Markup {
  const money = moneyIn(total);
  const [now, then] = [money.of(total), money.of(before)];
  const tokens = allTokens(total.tokens);
  return html`<dl class="keys">
${figure(money.label, showUsd(now), then === 0n ? "nothing in the span before" : `${showUsd(then)} before, ${changeInWords(now, then)}`)}
${figure("Requests", whole(total.requests), `${whole(before.requests)} before`)}
${figure("Tokens", short(tokens), `${short(allTokens(before.tokens))} before`)}
${figure("Read from the cache", percent(total.tokens.cacheRead, tokensIn(total.tokens)), `of the input; ${percent(before.tokens.cacheRead, tokensIn(before.tokens))} before`)}
${figure("A day", showUsd(burn.perDayPico), burn.lastDayPico === undefined ? "on average" : `on average; ${showUsd(burn.lastDayPico)} in the last 24 hours`)}
${figure("Of a known price", tokens === 0 ? "–" : percent(pricedTokens(total), tokens), "of the tokens")}
${figure("Subscription", showUsd(total.costPico.subscription), "at list prices; not billed by the request")}
${figure("A request", total.requests === 0 ? "–" : showUsd(now / BigInt(total.requests)), "on average")}
</dl>`;
}

const figure = (name: string, value: string, note: string): Markup =>
  html`<div><dt>${name}</dt><dd class="value">${value}</dd><dd class="soft small">${note}</dd></div>`;
