import { askAll } from "./ask-all.ts";
import type { Asked, Asking, AskNeeds } from "./asked.ts";
import { beginAsk } from "./begin-ask.ts";
import { endAsk } from "./end-ask.ts";
import { candidatesOf } from "./estimate.ts";
import { findAllKept, inOrder } from "./kept-before.ts";
import { nobodyLeft, notConfigured } from "./nobody-to-ask.ts";
import type { Prompt } from "./prompt.ts";

export type { Asked, Asking, AskNeeds, AskResult } from "./asked.ts";

/**
 * Asks a channel, within the budgets, and writes down what it took. What was answered before is not asked again; after a crash what is
 * missing is asked, and what was reserved for the call that broke off counts as spent.
 *
 * @param prompts never empty; they are asked one after the other, and what follows a failure is asked all the same while somebody is left
 * @throws ServiceError when the database fails
 */
export async function ask<T>(prompts: readonly Prompt<T>[], asking: Asking, services: AskNeeds): Promise<Asked<T>> {
  const at = services.now();
  const channel = services.channels.of(asking.channel);
  if (!channel) return { kind: "refused", reason: "not_configured", message: notConfigured(asking.channel) };
  const candidates = candidatesOf(channel, services.priceBook, at);
  if (candidates.length === 0) return { kind: "refused", reason: "nobody_left", message: nobodyLeft(channel, at) };

  const kept = await findAllKept(prompts, asking, candidates, services);
  const open = prompts.filter((_, index) => kept[index] === undefined);
  const begun = await beginAsk({ prompts, open, asking, channel, candidates, at }, services);
  if (begun.kind === "refused") return begun;

  const asked = await askAll(open, channel, { asking, ...begun }, services);
  const results = inOrder(kept, asked.results);
  const cost = await endAsk({ asking, begun, results, isCostUncertain: asked.isCostUncertain }, services);
  return { kind: "asked", results, passedOver: asked.passedOver, ...cost };
}
