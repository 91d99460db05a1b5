import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import type { PriceBook } from "../usage/price-book.ts";
import type { Channel } from "./channel.ts";
import { type Candidate, mostOf } from "./estimate.ts";
import { maskData } from "./mask-data.ts";
import type { Prompt } from "./prompt.ts";
import type { Call, Failure, Provider, ProviderAnswer, Spent } from "./provider.ts";

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
  /** One of them may have taken more than it told of. */
  readonly isCostUncertain: boolean;
  /** Who may be asked the next prompt: nobody who is out already. */
  readonly left: readonly Candidate[];
}

/** Who is out after a failure: the model, or the provider with all its models. After the others nobody is: another one would fail, too, or may not be asked instead. */
const outAfter: Readonly<Partial<Record<Failure, "model" | "provider">>> = {
  retired: "model",
  quota: "provider",
  unavailable: "provider",
  unauthorised: "provider",
  unusable: "provider",
};

/**
 * Asks one candidate after the other until one of them answers, or fails in a way in which the others would too, or the time is over: it is one
 * for all of them.
 *
 * @param candidates never empty
 */
export async function call<T>(
  prompt: Prompt<T>,
  candidates: readonly Candidate[],
  channel: Channel,
  { priceBook, secrets, now }: { readonly priceBook: PriceBook; readonly secrets: readonly string[]; readonly now: () => number },
): Promise<Called<T>> {
  const masked = { ...prompt, data: maskData(prompt.data, secrets) };
  const passedOver: PassedOver[] = [];
  const spent: SpentThrough[] = [];
  let isCostUncertain = false;
  let left = candidates;
  const deadline = new AbortController();
  // No AbortSignal.timeout: that would fire long after the answer, at whoever still listens.
  const timer = setTimeout(() => deadline.abort(new DOMException("The time is over.", "TimeoutError")), channel.deadlineMs);
  const { signal } = deadline;
  const { effort, mostOut } = channel;
  try {
    for (;;) {
      const by = left[0] as Candidate;
      const { provider, model } = by;
      const mostPico = mostOf(masked, by, channel, priceBook, now());
      const asked = {
        prompt: masked,
        model,
        ...(effort !== undefined && { effort }),
        mostOut,
        ...(mostPico !== undefined && { mostPico }),
        signal,
      };
      const answers = await askTwiceAtMost(provider, asked);
      spent.push(...answers.flatMap((one) => one.spent.map((each) => ({ spent: each, provider }))));
      isCostUncertain ||= answers.some(mayHaveSpentMore);
      const answer = answers.at(-1) as ProviderAnswer<T>;
      if (answer.kind === "answered") return { answer, by, passedOver, spent, isCostUncertain, left };

      const { failure } = answer;
      const detail = clipped(mask(answer.detail, secrets).replace(/\s+/g, " "), 300);
      const out = outAfter[failure];
      const others = out === undefined ? left : left.filter((other) => other !== by && (out === "model" || other.provider !== provider));
      if (out === undefined || others.length === 0 || signal.aborted)
        // A service that is down just now may answer the next prompt.
        return {
          answer: { ...answer, detail },
          by,
          passedOver,
          spent,
          isCostUncertain,
          left: failure === "unavailable" && others.length === 0 ? left : others,
        };
      left = others;
      passedOver.push({ ...by, failure, detail });
    }
  } finally {
    clearTimeout(timer);
  }
}

/** A tool that cannot be given the shape of an answer gets a second chance to hit it. */
async function askTwiceAtMost<T>(provider: Provider, asked: Call<T>): Promise<readonly ProviderAnswer<T>[]> {
  const first = await provider.ask(asked);
  const hasMissed = first.kind === "failed" && (first.failure === "wrong_shape" || first.failure === "empty");
  return provider.isFreeText && hasMissed && !asked.signal.aborted ? [first, await provider.ask(asked)] : [first];
}

const mayHaveSpentMore = (answer: ProviderAnswer<unknown>): boolean =>
  answer.kind === "failed" && (answer.failure === "timeout" || answer.mayHaveSpent === true);
