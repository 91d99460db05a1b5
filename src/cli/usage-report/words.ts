import { showUsd } from "../../pipeline/usage/money.ts";
import { allTokens } from "../../pipeline/usage/usage.ts";
import { type Amount, type Money, pricedTokens } from "./add-up.ts";
import type { Grouping, UsageReport } from "./report.ts";

export const whole = (number: number): string => number.toLocaleString("en");

/** `812`, `41.2 k`, `1.2 M` */
export function short(number: number): string {
  if (number < 1_000) return `${number}`;
  const [size, unit] = number < 999_950 ? [1e3, "k"] : number < 999_950_000 ? [1e6, "M"] : [1e9, "G"];
  return `${(number / (size as number)).toFixed(1)} ${unit}`;
}

/** `97.4 %`; rounded down, so that a part is never called the whole. */
export const percent = (part: number, all: number): string => (all === 0 ? "–" : `${(Math.floor((part / all) * 1000) / 10).toFixed(1)} %`);

export const counted = (count: number, one: string, more = `${one}s`): string => `${whole(count)} ${count === 1 ? one : more}`;

/** What a group is called whose requests do not say. */
export const unnamed: Record<Grouping, string> = {
  model: "no model",
  phase: "no phase",
  user: "nobody named",
  service: "no service",
  pr: "no pull request",
  session: "no session",
  provider: "no provider",
  day: "no day",
};

export const heads: Record<Grouping, string> = {
  model: "Model",
  phase: "Phase",
  user: "User",
  service: "Service",
  pr: "Pull request",
  session: "Session",
  provider: "Provider",
  day: "Day",
};

/** For what share of the tokens the money speaks: `$41.20 for 97.4 % of tokens; unpriced: model x (1.2 M tokens)`. */
export function coverageInWords({ byBasis: { metered }, total, unpriced }: UsageReport): string {
  const all = allTokens(total.tokens);
  if (all === 0) return "no tokens were used";
  const share = total.unpricedTokens === 0 ? "all tokens" : `${percent(pricedTokens(total), all)} of tokens`;
  const models = unpriced.map(({ model, tokens }) => `${model} (${short(tokens)} tokens)`).join(", ");
  return `${showUsd(metered.costPico.metered)} for ${share}${models && `; unpriced: ${models}`}`;
}

/** What nobody was billed for by the request; undefined where there was none. */
export function apartInWords({ requests, tokens, costPico }: Amount, basis: "subscription" | "free"): string | undefined {
  if (requests === 0) return undefined;
  const price = basis === "subscription" ? `${showUsd(costPico.subscription)} at list prices, ` : "";
  return `${price}${short(allTokens(tokens))} tokens in ${counted(requests, "request")}; not billed by the request`;
}

/** `$38.00 before (+8.4 %)` */
export function beforeInWords({ total, previous: { meteredPico } }: Pick<UsageReport, "total" | "previous">): string {
  const now = total.costPico.metered;
  if (meteredPico === 0n) return `${showUsd(0n)} in the span before`;
  return `${showUsd(meteredPico)} in the span before (${changeInWords(now, meteredPico)})`;
}

/** Of amounts in pico-dollars; the one before is not 0. */
export function changeInWords(now: bigint, previous: bigint): string {
  const tenths = Number(((now - previous) * 1000n) / previous);
  return `${tenths > 0 ? "+" : ""}${(tenths / 10).toFixed(1)} %`;
}

export function burnInWords({ perDayPico, lastDayPico, lastHourPico }: UsageReport["burn"]): string {
  const last =
    lastDayPico === undefined || lastHourPico === undefined
      ? ""
      : `; ${showUsd(lastDayPico)} in the last 24 hours, ${showUsd(lastHourPico)} in the last hour`;
  return `${showUsd(perDayPico)} a day${last}`;
}

/** What has no price costs not nothing, and what costs nothing is free. */
export function costInWords(amount: Amount, money: Money): string {
  const pico = money.of(amount);
  if (pico !== 0n || amount.requests === 0) return showUsd(pico);
  if (amount.unpricedTokens > 0) return "unpriced";
  const { metered, subscription } = amount.costPico;
  return metered === 0n && subscription === 0n ? "free" : showUsd(pico);
}
