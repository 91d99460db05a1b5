import type { Asking, AskNeeds, AskResult } from "./asked.ts";
import { findKept, type KeptAnswer } from "./cached-answer.ts";
import type { Candidate } from "./estimate.ts";
import type { Prompt } from "./prompt.ts";

/** `isOwn`: it was given to this very question, before it broke off. */
export type Kept<T> = KeptAnswer<T> & { readonly isOwn: boolean };

/**
 * What need not be asked, for each prompt: what this very question was answered before it broke off, whoever stood in then; and, unless it is
 * forced, what the model that is asked first has answered within a week.
 */
export async function findAllKept<T>(
  prompts: readonly Prompt<T>[],
  { id, isForced }: Asking,
  candidates: readonly Candidate[],
  services: Pick<AskNeeds, "records" | "keys">,
): Promise<readonly (Kept<T> | undefined)[]> {
  const begunAt = (await services.records.transaction((tx) => tx.asks.find(id)))?.at ?? Number.POSITIVE_INFINITY;
  const models = [...new Set(candidates.map(({ model }) => model))];
  const find = async (prompt: Prompt<T>): Promise<Kept<T> | undefined> => {
    for (const [place, model] of models.entries()) {
      const found = await findKept(prompt, model, services);
      const isOwn = found !== undefined && found.at >= begunAt;
      if (found && (isOwn || (place === 0 && !isForced))) return { ...found, isOwn };
    }
    return undefined;
  };
  return Promise.all(prompts.map(find));
}

/** A result for each prompt: what was kept, and between it what was asked. Only what was given to others says when. */
export function inOrder<T>(kept: readonly (Kept<T> | undefined)[], asked: readonly AskResult<T>[]): readonly AskResult<T>[] {
  const rest = [...asked];
  return kept.map((one) => {
    if (!one) return rest.shift() as AskResult<T>;
    const { value, model, service, name, at, isOwn } = one;
    return { kind: "answered", value, model, service, name, ...(!isOwn && { keptAt: at }) };
  });
}
