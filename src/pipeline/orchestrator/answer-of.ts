import { ServiceError } from "../../errors.ts";
import { type Asking, type AskNeeds, ask } from "../ai/ask.ts";
import { failureInWords } from "../ai/failure-in-words.ts";
import { type Prompt, promptName } from "../ai/prompt.ts";
import type { Failure } from "../ai/provider.ts";
import type { PicoUsd } from "../usage/money.ts";

/** They are over soon, and cost nothing. */
const passing: readonly Failure[] = ["unavailable", "rate_limited"];

export type OneAnswer<T> =
  | { readonly kind: "answered"; readonly value: T; readonly model: string; readonly by: string; readonly costPico: PicoUsd }
  /** The sentence is for people. `wasAsked`: it was said by, or about, a model, which may have been paid for. */
  | { readonly kind: "none"; readonly sentence: string; readonly wasAsked: boolean; readonly model?: string; readonly costPico: PicoUsd };

/**
 * Asks one question.
 *
 * @throws ServiceError, to be asked again later, where nobody can be reached just now and it is not the last try; and when the database fails
 */
export async function answerOf<T>(prompt: Prompt<T>, asking: Asking, services: AskNeeds, isLastTry: boolean): Promise<OneAnswer<T>> {
  const asked = await ask([prompt], asking, services);
  if (asked.kind === "refused") return { kind: "none", sentence: asked.message, wasAsked: false, costPico: 0n };
  const { costPico, results } = asked;
  const [result] = results;
  if (result?.kind === "answered") return { kind: "answered", value: result.value, model: result.model, by: result.name, costPico };
  if (!result) throw new Error(`${promptName(prompt)} has no result.`);
  if (passing.includes(result.failure) && !isLastTry)
    throw new ServiceError(`${result.name} cannot be asked just now.`, { service: result.name, retryable: true });
  return { kind: "none", sentence: failureInWords(result), wasAsked: true, model: result.model, costPico };
}
