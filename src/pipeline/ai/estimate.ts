import { estimateTokens } from "../sessions/estimate-tokens.ts";
import type { PicoUsd } from "../usage/money.ts";
import { costOf, modelNamed, type PriceBook, priceAt } from "../usage/price-book.ts";
import { noTokens } from "../usage/usage.ts";
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
      .filter(({ id }) => provider.basis !== "metered" || hasPrice(book, id, at))
      .map(({ id: model }) => ({ provider, model })),
  );

function hasPrice(book: PriceBook, id: string, at: number): boolean {
  const model = modelNamed(book, id);
  return model !== undefined && priceAt(model, at) !== undefined;
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
    mostPico: most.length === 0 ? null : most.reduce((one, other) => (one > other ? one : other)),
  };
}

function totalOf(
  prompts: readonly Prompt<unknown>[],
  candidate: Candidate,
  channel: Channel,
  book: PriceBook,
  at: number,
): PicoUsd | undefined {
  const costs = prompts.map((prompt) => mostOf(prompt, candidate, channel, book, at));
  return costs.includes(undefined) ? undefined : costs.reduce<PicoUsd>((sum, cost) => sum + (cost ?? 0n), 0n);
}

/** What one prompt may cost at most with that candidate; undefined where nobody pays by the request. */
export function mostOf(
  prompt: Prompt<unknown>,
  { provider, model: id }: Candidate,
  { mostOut }: Pick<Channel, "mostOut">,
  book: PriceBook,
  at: number,
): PicoUsd | undefined {
  const model = provider.basis === "metered" ? modelNamed(book, id) : undefined;
  const price = model && priceAt(model, at);
  if (!price) return undefined;
  const tokens = Math.ceil(tokensOf(prompt) * margin) + provider.overheadTokens;
  // A service may write all of it into a cache, which costs more than reading it once.
  const written = price.cacheWrite5m > price.uncachedIn ? { cacheWrite5m: tokens } : { uncachedIn: tokens };
  return costOf({ ...noTokens, ...written, out: mostOut }, price) * BigInt(provider.mostRequests);
}

/** How many tokens it is, roughly, without what a provider adds. */
const tokensOf = ({ instructions, data, schema }: Prompt<unknown>): number =>
  estimateTokens(instructions) + estimateTokens(data) + estimateTokens(JSON.stringify(schema));
