import type { Prompt } from "../pipeline/ai/prompt.ts";
import type { Failure, ProviderAnswer, Spent } from "../pipeline/ai/provider.ts";
import { inDetail } from "./detail.ts";
import { readJson } from "./read-json.ts";

/** What a model said, whatever the API that it said it through. */
export interface ModelSaid {
  readonly model: string;
  readonly text: string;
  /** Why it declined. */
  readonly refusal?: string;
  /** Why it has not ended as it should have. */
  readonly cut?: { readonly failure: Failure; readonly detail: string };
  readonly spent: readonly Spent[];
}

/** Makes an answer of it, or says why it is none that can be used. */
export function toAnswer<T>(said: ModelSaid, prompt: Prompt<T>, secrets: readonly string[]): ProviderAnswer<T> {
  const { model, text, refusal, cut, spent } = said;
  const failed = (failure: Failure, detail: string): ProviderAnswer<T> => ({
    kind: "failed",
    failure,
    detail: inDetail(detail, secrets),
    spent,
  });
  if (cut !== undefined) return failed(cut.failure, cut.detail);
  if (refusal !== undefined) return failed("refused", refusal);
  if (text.trim() === "") return failed("empty", `${model} answered without a word.`);
  const json = readJson(text);
  const value = json === undefined ? undefined : prompt.read(json);
  if (value !== undefined) return { kind: "answered", value, model, spent };
  return failed("wrong_shape", `${json === undefined ? "no JSON" : "JSON of another shape"}: ${text}`);
}
