import { z } from "zod";
import { type PicoUsd, toPico } from "../../pipeline/usage/money.ts";
import type { TokenPrices } from "../../pipeline/usage/price-book.ts";

/** What another list says of a model; what it does not say is absent. */
export interface TheirModel {
  /** As it stands there: `anthropic/claude-sonnet-4-5`. */
  readonly key: string;
  readonly name: string;
  readonly prices: Partial<TokenPrices>;
  readonly long?: Partial<TokenPrices> & { readonly above: number };
}

/** Only these sell directly; their models on other clouds have other prices. */
const vendors = ["anthropic", "openai", "gemini"];
const modes = ["chat", "responses"];
const longestKey = 200;

const Entry = z.looseObject({ litellm_provider: z.enum(vendors), mode: z.enum(modes) });
const UsdOfToken = z.number().min(0).max(1);

const fields: Readonly<Record<string, keyof TokenPrices>> = {
  input_cost_per_token: "uncachedIn",
  output_cost_per_token: "out",
  cache_read_input_token_cost: "cacheRead",
  cache_creation_input_token_cost: "cacheWrite5m",
  cache_creation_input_token_cost_above_1hr: "cacheWrite1h",
};

/**
 * Reads `model_prices_and_context_window.json` of LiteLLM.
 *
 * @returns the models that Anthropic, OpenAI and Google sell themselves; undefined when it is no such file
 */
export function parseLiteLlm(text: string): readonly TheirModel[] | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  const entries = Object.entries(content);
  if (!entries.some(([, value]) => typeof value === "object" && value !== null && "litellm_provider" in value)) return undefined;
  return entries.flatMap(([key, value]) => toModel(key, value));
}

function toModel(key: string, value: unknown): readonly TheirModel[] {
  const name = key.replace(/^(?:anthropic|openai|gemini)\//, "");
  const parsed = Entry.safeParse(value);
  if (!parsed.success || name.includes("/") || key.length > longestKey) return [];
  const prices = pricesIn(parsed.data, "");
  if (prices.uncachedIn === undefined || prices.out === undefined) return [];
  const tier = Object.keys(parsed.data).flatMap((field) => /^input_cost_per_token_above_(\d{1,6})k_tokens$/.exec(field)?.[1] ?? [])[0];
  const long = tier === undefined ? undefined : { ...pricesIn(parsed.data, `_above_${tier}k_tokens`), above: Number(tier) * 1_000 };
  return [{ key, name, prices, ...(long && { long }) }];
}

function pricesIn(entry: Readonly<Record<string, unknown>>, suffix: string): Partial<TokenPrices> {
  const found = Object.entries(fields).flatMap(([field, bucket]): [string, PicoUsd][] => {
    const usd = UsdOfToken.safeParse(entry[field + suffix]);
    return usd.success ? [[bucket, toPico(usd.data)]] : [];
  });
  return Object.fromEntries(found);
}
