import type OpenAI from "openai";
import type { Failure, ModelState } from "../pipeline/ai/provider.ts";
import { ListedModels } from "./openai-models.ts";
import { troubleOf } from "./trouble.ts";

export interface LookAround {
  /** As people know it. */
  readonly name: string;
  /** What its address ends in. */
  readonly ending: string;
  readonly signal: AbortSignal;
  readonly secrets: readonly string[];
  readonly now: () => number;
}

/** Asks which models there are; that costs nothing. */
export async function lookAtModels(client: OpenAI, models: readonly string[], around: LookAround): Promise<readonly ModelState[]> {
  const { name, signal } = around;
  const unknown = (problem: string) => models.map((model): ModelState => ({ model, state: "unknown", problem }));
  try {
    const listed = ListedModels.safeParse(await client.get<unknown>("/models", { signal }));
    if (!listed.success) return unknown(`${capital(name)} answers, but lists no models: look at its address.`);
    return models.map((model) => stateOf(model, listed.data, name));
  } catch (error) {
    const { failure, detail } = troubleOf(error, around.secrets, around.now());
    return unknown(signal.aborted ? `${capital(name)} did not answer in time.` : inWords(failure, detail, around));
  }
}

function stateOf(model: string, { data }: ListedModels, name: string): ModelState {
  // Google's names stand under `models/`.
  const found = data.find(({ id }) => id === model || id === `models/${model}`);
  if (found === undefined)
    return { model, state: "absent", problem: `${capital(name)} has no model ${model} for this key: choose another one.` };
  const retiresAt = found.shutdown_date;
  return { model, state: "there", ...(retiresAt && Number.isFinite(retiresAt) ? { retiresAt } : {}) };
}

function inWords(failure: Failure, detail: string, { name, ending }: LookAround): string {
  if (failure === "unauthorised") return `${capital(name)} does not take the key: make a new one.`;
  if (failure === "unusable" || failure === "retired")
    return `${capital(name)} has no list of models at this address: it ends in ${ending} as a rule.`;
  return `Whether ${name} can be used is not known: ${detail}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
