import { exactUsd, toPico } from "../pipeline/usage/money.ts";

const tokensPriced = 1_000_000;
const dearestUsd = 1_000;
/** No vendor asks for so little; who writes it means the price of one token. */
const cheapestUsd = 0.001;

/** @returns what is wrong with a price in USD for a million tokens, with a guess at the unit that was meant */
export function priceProblem(usd: number): string | undefined {
  if (usd < 0) return "must be at least 0";
  if (usd > dearestUsd) {
    const meant = usd / tokensPriced;
    const guess = meant >= cheapestUsd && meant <= dearestUsd ? `: if it was multiplied by a million once too often, write ${meant}` : "";
    return `is more than $1,000 for a million tokens${guess}`;
  }
  if (usd > 0 && usd < cheapestUsd)
    return `looks like the price of one token: write that of a million, ${exactUsd(toPico(usd) * BigInt(tokensPriced))}`;
  if (toPico(usd) % BigInt(tokensPriced) !== 0n || Number(exactUsd(toPico(usd))) !== usd) return "has more than 6 decimals";
  return undefined;
}
