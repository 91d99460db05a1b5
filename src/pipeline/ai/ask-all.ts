import { recordUsage } from "../budgets/record-usage.ts";
import { toEntry } from "../usage/to-entry.ts";
import type { Usage } from "../usage/usage.ts";
import type { Asking, AskNeeds, AskResult } from "./asked.ts";
import { keepAnswer } from "./cached-answer.ts";
import { type Called, call, type PassedOver, type SpentThrough } from "./call.ts";
import type { Channel } from "./channel.ts";
import type { Candidate } from "./estimate.ts";
import type { Prompt } from "./prompt.ts";

interface For {
  readonly asking: Asking;
  /** Who may be asked; never empty. */
  readonly candidates: readonly Candidate[];
  readonly reservation?: string;
}

/** What came of all prompts. */
export interface AskedAll<T> {
  /** One for each prompt, in order. */
  readonly results: readonly AskResult<T>[];
  readonly passedOver: readonly PassedOver[];
  readonly isCostUncertain: boolean;
}

/** Asks one after the other, and writes down what came of each before the next one. Where nobody is left to be asked, the rest fails as the last one did. */
export async function askAll<T>(prompts: readonly Prompt<T>[], channel: Channel, of: For, services: AskNeeds): Promise<AskedAll<T>> {
  const results: AskResult<T>[] = [];
  const passedOver: PassedOver[] = [];
  let isCostUncertain = false;
  let left = of.candidates;
  for (const prompt of prompts) {
    const last = results.at(-1);
    if (left.length === 0 && last) {
      results.push(last);
      continue;
    }
    const called = await call(prompt, left, channel, services);
    left = called.left;
    passedOver.push(...called.passedOver);
    const { hasUnpriced } = await writeDown(prompt, called, of, services);
    isCostUncertain ||= called.isCostUncertain || hasUnpriced;
    results.push(toResult(called));
  }
  return { results, passedOver, isCostUncertain };
}

/** The answer is kept first: what a crash leaves out of the ledger then counts by its reservation, and nobody is asked twice. */
async function writeDown<T>(
  prompt: Prompt<T>,
  { answer, by, spent }: Called<T>,
  of: For,
  services: AskNeeds,
): Promise<{ readonly hasUnpriced: boolean }> {
  const at = services.now();
  if (answer.kind === "answered") {
    const { service, name } = by.provider;
    await keepAnswer(prompt, by.model, { value: answer.value, model: answer.model, service, name, at }, services);
  }
  const usages = spent.map((one) => toUsage(one, of, at));
  if (usages.length > 0) await services.records.transaction((tx) => recordUsage(tx, usages, services));
  return { hasUnpriced: usages.some((usage) => toEntry(usage, services.priceBook).costPico === undefined && usage.basis === "metered") };
}

function toUsage({ provider, spent }: SpentThrough, { asking, reservation }: For, at: number): Usage {
  const { id: _, channel: __, isForced: ___, ...attribution } = asking;
  const { vendor, service, basis } = provider;
  return { ...attribution, ...spent, at, provider: vendor, service, basis, ...(reservation !== undefined && { reservation }) };
}

function toResult<T>({ answer, by }: Called<T>): AskResult<T> {
  const { name, service } = by.provider;
  if (answer.kind === "answered") return { kind: "answered", value: answer.value, model: answer.model, name, service };
  const { failure, detail, retryAt } = answer;
  return { kind: "failed", failure, detail, name, service, model: by.model, ...(retryAt !== undefined && { retryAt }) };
}
