import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import type { PriceBook } from "../usage/price-book.ts";
import type { Channel } from "./channel.ts";
import { type Candidate, mostOf } from "./estimate.ts";
import type { Prompt } from "./prompt.ts";
import type { Failure, Provider, ProviderAnswer, Spent } from "./provider.ts";

/** One that was asked and could not answer, so that another one was. */
export interface PassedOver extends Candidate {
  readonly failure: Failure;
  readonly detail: string;
}

export interface SpentThrough {
  readonly spent: Spent;
  readonly provider: Provider;
}

/** What came of one prompt: the last answer, who gave it, and who was asked before. */
export interface Called<T> {
  readonly answer: ProviderAnswer<T>;
  readonly by: Candidate;
  readonly passedOver: readonly PassedOver[];
  /** All that was spent, and through whom. */
  readonly spent: readonly SpentThrough[];
}

/** Another model of the same provider may be there still; with the others a provider as a whole is out. */
const ofProvider: readonly Failure[] = ["quota", "unavailable", "unauthorised", "unusable"];

/**
 * Asks one candidate after the other until one of them answers, or fails in a way in which the others would too.
 *
 * @param candidates never empty
 */
export async function call<T>(
  prompt: Prompt<T>,
  candidates: readonly Candidate[],
  channel: Channel,
  { priceBook, secrets, now }: { readonly priceBook: PriceBook; readonly secrets: readonly string[]; readonly now: () => number },
): Promise<Called<T>> {
  const masked = { ...prompt, data: mask(prompt.data, secrets) };
  const signal = AbortSignal.timeout(channel.deadlineMs);
  const passedOver: PassedOver[] = [];
  const spent: SpentThrough[] = [];
  let left = candidates;
  for (;;) {
    const by = left[0] as Candidate;
    const { provider, model } = by;
    const mostPico = mostOf(masked, by, channel, priceBook, now());
    const { effort, mostOut } = channel;
    const answer = await provider.ask({
      prompt: masked,
      model,
      ...(effort !== undefined && { effort }),
      mostOut,
      ...(mostPico !== undefined && { mostPico }),
      signal,
    });
    spent.push(...answer.spent.map((one) => ({ spent: one, provider })));
    if (answer.kind === "answered") return { answer, by, passedOver, spent };

    const detail = clipped(mask(answer.detail, secrets), 300);
    const { failure } = answer;
    left = left.slice(1).filter((other) => failure === "retired" || !(ofProvider.includes(failure) && other.provider === provider));
    const mayOthers = failure === "retired" || ofProvider.includes(failure);
    if (!mayOthers || left.length === 0) return { answer: { ...answer, detail }, by, passedOver, spent };
    passedOver.push({ ...by, failure, detail });
  }
}
