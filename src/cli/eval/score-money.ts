import { z } from "zod";
import { type Failure, failures } from "../../pipeline/ai/provider.ts";
import type { Outcome } from "./outcome.ts";
import { percentileOf } from "./shares.ts";

/** What it took. */
export const SpentFigures = z.strictObject({
  calls: z.int(),
  answered: z.int(),
  /** Calls without an answer, by why. */
  failed: z.partialRecord(z.enum(failures), z.int()),
  /** Exact, of the calls whose cost is known; whole pico-dollars as text. */
  costPico: z.string().regex(/^\d+$/),
  /** Calls of whose cost nothing is known: they are not in `costPico`. */
  callsWithoutCost: z.int(),
  tokensIn: z.int(),
  tokensOut: z.int(),
  /** Half of the calls took no longer than this, and 95 of 100 no longer than that. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export type SpentFigures = z.infer<typeof SpentFigures>;

export function scoreMoney(outcomes: readonly Outcome[]): SpentFigures {
  const failed: Partial<Record<Failure, number>> = {};
  for (const { failure } of outcomes) if (failure) failed[failure] = (failed[failure] ?? 0) + 1;
  const times = outcomes.map(({ ms }) => ms);
  return {
    calls: outcomes.length,
    answered: outcomes.filter(({ failure }) => failure === null).length,
    failed,
    costPico: outcomes.reduce((sum, { costPico }) => sum + BigInt(costPico ?? 0), 0n).toString(),
    callsWithoutCost: outcomes.filter(({ costPico }) => costPico === null).length,
    tokensIn: outcomes.reduce((sum, { tokensIn }) => sum + tokensIn, 0),
    tokensOut: outcomes.reduce((sum, { tokensOut }) => sum + tokensOut, 0),
    p50Ms: percentileOf(times, 0.5),
    p95Ms: percentileOf(times, 0.95),
  };
}
