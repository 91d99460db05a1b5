import type { Asking, AskNeeds, AskResult } from "./asked.ts";
import { findKept, type KeptAnswer } from "./cached-answer.ts";
import type { Candidate } from "./estimate.ts";
import type { Prompt } from "./prompt.ts";

type Kept<T> = KeptAnswer<T> | undefined;

/**
 * What need not be asked, for each prompt: what this very question was answered before it broke off, whoever stood in then; and, unless it is
 * forced, what the model that is asked first has answered within a week.
 */
export async function findAllKept<T>(
  prompts: readonly Prompt<T>[],
  { id, isForced }: Asking,
  candidates: readonly Candidate[],
  services: Pick<AskNeeds, "records" | "keys">,
): Promise<readonly Kept<T>[]> {
  const begunAt = (await services.records.transaction((tx) => tx.asks.find(id)))?.at;
  const models = [...new Set(candidates.map(({ model }) => model))];
  const find = async (prompt: Prompt<T>): Promise<Kept<T>> => {
    const first = isForced ? undefined : await findKept(prompt, models[0] as string, 0, services);
    if (first || begunAt === undefined) return first;
    const own = await Promise.all(models.map((model) => findKept(prompt, model, begunAt, services)));
    return own.find((one) => one !== undefined);
  };
  return Promise.all(prompts.map(find));
}

/** A result for each prompt: what was kept, and between it what was asked. Only what was given before the ask began says when. */
export function inOrder<T>(kept: readonly Kept<T>[], asked: readonly AskResult<T>[], firstAt: number): readonly AskResult<T>[] {
  const rest = [...asked];
  return kept.map((one) => {
    if (!one) return rest.shift() as AskResult<T>;
    const { value, model, service, name, at } = one;
    return { kind: "answered", value, model, service, name, ...(at < firstAt && { keptAt: at }) };
  });
}
