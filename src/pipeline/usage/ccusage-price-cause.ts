import type { Named } from "./ccusage-cause.ts";
import type { Ours, Theirs, TranscriptFacts } from "./compare-ccusage.ts";
import type { PicoUsd } from "./money.ts";
import { costOf, modelNamed, type Price, type PriceBook, priceAt } from "./price-book.ts";

/** ccusage reckons in floating point: what is below a millionth of a dollar is no price. */
const roundingPico = 10n ** 6n;

/** Why the same tokens cost another amount. */
export function priceCauseOf(theirs: Theirs, ours: Ours, facts: TranscriptFacts | undefined, book: PriceBook): Named {
  if (theirs.isUnpriced && ours.unpricedTokens > 0) return { cause: "unpriced there", why: "neither knows a price of the model" };
  if (theirs.isUnpriced) return { cause: "unpriced there", why: "ccusage knows no price of the model (missingPricing)" };
  if (ours.unpricedTokens > 0)
    return { cause: "unpriced here", why: "the price book knows no price of the model: add it to config/model-pricing.json" };

  const difference = theirs.costPico - ours.costPico;
  if (isNear(difference)) return { cause: "rounding", why: "ccusage reckons in floating point" };
  if (facts && facts.statedPico > 0n)
    return {
      cause: "stated cost",
      why: "ccusage takes the cost that the transcript states (costUSD); here it is reckoned from the tokens",
    };

  const model = modelNamed(book, ours.model);
  const price = model && priceAt(model, ours.lastAt);
  return (price && (oneHour(difference, ours, price) ?? longContext(theirs, ours, facts, price))) ?? pricesDiffer(theirs, ours);
}

const isNear = (pico: PicoUsd): boolean => pico < roundingPico && pico > -roundingPico;

/** As much less as it makes when what is kept for an hour costs what is kept for five minutes. */
function oneHour(difference: PicoUsd, { tokens }: Ours, price: Price): Named | undefined {
  const less = BigInt(tokens.cacheWrite1h) * (price.cacheWrite1h - price.cacheWrite5m);
  if (less <= 0n || !isNear(difference + less)) return undefined;
  return { cause: "1-hour cache writes", why: "ccusage prices what is kept for an hour as if it were kept for five minutes" };
}

/** ccusage takes the price of long requests for the tokens above the limit, and for each kind by itself; vendors take it for the whole request. */
function longContext(theirs: Theirs, { tokens, costPico }: Ours, facts: TranscriptFacts | undefined, price: Price): Named | undefined {
  if (price.long === undefined) return undefined;
  const { long: _, ...standard } = price;
  const isAbove = facts ? facts.largestIn > price.long.above : costPico > costOf(tokens, standard);
  if (!isAbove || theirs.costPico >= costPico || theirs.costPico < costOf(tokens, standard) - roundingPico) return undefined;
  return {
    cause: "long context",
    why: `a request has more than ${price.long.above.toLocaleString("en")} tokens in: its vendor prices it higher as a whole, ccusage only in part`,
  };
}

function pricesDiffer(theirs: Theirs, ours: Ours): Named {
  const factor = ours.costPico === 0n ? undefined : Number((theirs.costPico * 10_000n) / ours.costPico) / 10_000;
  return {
    cause: "prices differ",
    why: factor === undefined ? "the same tokens cost nothing here" : `the same tokens cost ${factor} times as much there`,
  };
}
