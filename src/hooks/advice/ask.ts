import { createHash } from "node:crypto";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { RequestTold } from "../../pipeline/sessions/event.ts";
import type { Context } from "../context.ts";
import { secretsIn } from "../secrets.ts";

const longestReason = 300;
const longestDetails = 8_000;

type Wish = Pick<RequestTold, "channel" | "subject" | "reason" | "details" | "phase">;

/** A request that was told has this id for ever. */
export const requestId = (...parts: readonly (string | number | undefined)[]): string =>
  createHash("sha256")
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest("hex");

/** Keeps a request for advice and leaves it for the bot; false where it was made before. Call it within a transaction. */
export function ask(
  id: string,
  { reason, details, ...wish }: Wish,
  context: Pick<Context, "journal" | "origin" | "now" | "variables">,
): boolean {
  const journal = context.journal();
  const masked = (text: string, longest: number) => clipped(mask(text, secretsIn(context.variables)), longest);
  const request: RequestTold = {
    ...context.origin(),
    ...wish,
    type: "request",
    id,
    at: context.now(),
    reason: masked(reason, longestReason),
    details: masked(details, longestDetails),
  };
  if (!journal.advice.add(request)) return false;
  journal.spool.add([request], context.now());
  return true;
}
