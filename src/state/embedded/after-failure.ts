import { ServiceError } from "../../errors.ts";
import { Postponed } from "../../pipeline/queue.ts";
import type { JobEnd } from "./job-table.ts";

const baseMs = 1_000;
const capMs = 5 * 60_000;
const longestError = 500;

/** What becomes of a job whose handler threw: again later, with a delay that grows and is spread evenly (full jitter), or dead. */
export function afterFailure(error: unknown, attempt: number, maxAttempts: number, random: () => number): JobEnd {
  if (error instanceof Postponed) return { kind: "later", delayMs: error.delayMs, countsAsAttempt: false };

  // The message alone: causes and fields may hold what a request carried.
  const message = (error instanceof Error ? error.message : String(error)).slice(0, longestError);
  const isHopeless = error instanceof ServiceError && !error.retryable;
  if (isHopeless || attempt >= maxAttempts) return { kind: "dead", error: message };

  const backoffMs = random() * Math.min(capMs, baseMs * 2 ** (attempt - 1));
  const askedMs = error instanceof ServiceError ? (error.retryAfterMs ?? 0) : 0;
  return { kind: "later", delayMs: Math.ceil(Math.max(askedMs, backoffMs)), countsAsAttempt: true, error: message };
}
