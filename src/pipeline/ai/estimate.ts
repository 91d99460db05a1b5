import { estimateTokens } from "../sessions/estimate-tokens.ts";
import type { PicoUsd } from "../usage/money.ts";
import { modelNamed, type Price, type PriceBook, priceAt, type TokenPrices } from "../usage/price-book.ts";
import { type Channel, modelsAt } from "./channel.ts";
import type { Prompt } from "./prompt.ts";
import type { Provider } from "./provider.ts";

/** Tokenizers differ: what is reserved has to be enough for each. */
const margin = 1.4;

/** A model through a provider. */
export interface Candidate {
  readonly provider: Provider;
  readonly model: string;
}

/** What it would come to. */
export interface Estimate {
  /** Who is asked first. */
  readonly first: Candidate;
  /** Tokens of the prompts, roughly. */
  readonly tokensIn: number;
  /** At most this; null where nobody pays by the request. */
  readonly mostPico: PicoUsd | null;
}

/** Who may be asked at that moment, in order: of each provider the models that are there. Those without a price are not among them. */
export const candidatesOf = (channel: Channel, book: PriceBook, at: number): readonly Candidate[] =>
  channel.providers.flatMap((provider) =>
    modelsAt(channel, at)
      .filter(({ id }) => isAffordable(provider, id, book, at))
      .map(({ id: model }) => ({ provider, model })),
  );

/** Whether it is known what the model costs through the provider. */
export const isAffordable = (provider: Provider, model: string, book: PriceBook, at: number): boolean =>
  provider.basis !== "metered" || priceOf(model, book, at) !== undefined;

function priceOf(id: string, book: PriceBook, at: number): Price | undefined {
  const model = modelNamed(book, id);
  return model && priceAt(model, at);
}

/** What the prompts may come to at most, whoever of the candidates answers; undefined without candidates. */
export function estimate(prompts: readonly Prompt<unknown>[], channel: Channel, book: PriceBook, at: number): Estimate | undefined {
  const candidates = candidatesOf(channel, book, at);
  const [first] = candidates;
  if (!first) return undefined;
  const most = candidates.flatMap((candidate) => totalOf(prompts, candidate, channel, book, at) ?? []);
  return {
    first,
    tokensIn: prompts.reduce((sum, prompt) => sum + tokensOf(prompt), 0),
    mostPico: most.length === 0 ? null : largest(most),
  };
}

function totalOf(
  prompts: readonly Prompt<unknown>[],
  candidate: Candidate,
  channel: Channel,
  book: PriceBook,
  at: number,
): PicoUsd | undefined {
  let total = 0n;
  for (const prompt of prompts) {
    const most = mostOf(prompt, candidate, channel, book, at);
    if (most === undefined) return undefined;
    total += most;
  }
  return total;
}

/** What one prompt may cost at most with that candidate; undefined where nobody pays by the request. */
export function mostOf(
  prompt: Prompt<unknown>,
  { provider, model }: Candidate,
  { mostOut }: Pick<Channel, "mostOut">,
  book: PriceBook,
  at: number,
): PicoUsd | undefined {
  const price = provider.basis === "metered" ? priceOf(model, book, at) : undefined;
  if (!price) return undefined;
  const { overheadTokens, mostRequests: requests, service, isFreeText } = provider;
  const tokens = Math.ceil(tokensOf(prompt) * margin) + overheadTokens;
  // A tool that goes on asking sends along what was answered before.
  const dearest = dearestOf(price, service, tokens + (requests - 1) * mostOut);
  if (!dearest) return undefined;
  const tokensIn = requests * tokens + mostOut * ((requests * (requests - 1)) / 2);
  const once = BigInt(tokensIn) * dearest.in + BigInt(requests * mostOut) * dearest.out;
  return isFreeText ? 2n * once : once;
}

/** The highest price of a token, whichever way it is counted: as it is, out of a cache, or into one. Undefined where the tool's tokens are given away. */
function dearestOf(price: Price, service: string, mostTokens: number): { readonly in: PicoUsd; readonly out: PicoUsd } | undefined {
  if (price.cli && service.endsWith("-cli")) {
    const { uncachedIn, out } = price.cli;
    return uncachedIn === 0n && out === 0n ? undefined : { in: uncachedIn, out };
  }
  const tiers: readonly TokenPrices[] = price.long && mostTokens > price.long.above ? [price, price.long] : [price];
  return {
    in: largest(
      tiers.flatMap(({ uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h }) => [uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h]),
    ),
    out: largest(tiers.map(({ out }) => out)),
  };
}

const largest = (amounts: readonly PicoUsd[]): PicoUsd => amounts.reduce((one, other) => (one > other ? one : other), 0n);

/** How many tokens it is, roughly, without what a provider adds. */
const tokensOf = ({ instructions, data, schema }: Prompt<unknown>): number =>
  estimateTokens(instructions) + estimateTokens(data) + estimateTokens(JSON.stringify(schema));
