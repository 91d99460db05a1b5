import { ServiceError, UserError } from "../../errors.ts";
import { type Part, text } from "../../reply.ts";
import type { Checkout } from "../checkout.ts";
import { activities } from "./activities.ts";
import { budgets } from "./budgets.ts";
import { failures } from "./failures.ts";
import { hooks } from "./hooks.ts";
import { phase } from "./phase.ts";
import { prompts } from "./prompts.ts";
import { requests } from "./requests.ts";
import type { Section } from "./section.ts";
import { spool } from "./spool.ts";

/** What `nextrust status` says of a checkout, in this order; each is a key of its JSON. */
const sections = { phase, failures, requests, hooks, prompts, spool, activities, budgets } satisfies Record<string, Section>;

/** What cannot be read is said in its place, and keeps nothing else from being shown. */
export async function gatherStatus(checkout: Checkout): Promise<{ content: object; parts: readonly Part[] }> {
  const gathered = [];
  for (const [key, section] of Object.entries<Section>(sections)) gathered.push([key, await section(checkout).catch(asShown)] as const);
  return {
    content: Object.fromEntries(gathered.map(([key, { content }]) => [key, content])),
    parts: gathered.flatMap(([, { parts }]) => parts),
  };
}

function asShown(error: unknown): Awaited<ReturnType<Section>> {
  if (!(error instanceof ServiceError || error instanceof UserError)) throw error;
  return { content: { problem: error.message }, parts: [text(error.message, "bad")] };
}
