import * as z from "zod/mini";
import type { OwnTotal } from "../../pipeline/sessions/own-total.ts";
import { parseJson } from "../../pipeline/usage/import/told.ts";
import { fromAnthropic } from "../../pipeline/usage/normalise/anthropic.ts";

const count = z._default(z.int().check(z.nonnegative()), 0);

/** What Claude Code writes at the end of a transcript when a session ends, also when it will be resumed. */
const CostState = z.object({
  startTime: z.number(),
  modelUsage: z.record(
    z.string(),
    z.object({
      inputTokens: count,
      outputTokens: count,
      thinkingTokens: count,
      cacheReadInputTokens: count,
      cacheCreationInputTokens: count,
      cacheCreationEphemeral5mInputTokens: z.optional(z.int()),
      cacheCreationEphemeral1hInputTokens: z.optional(z.int()),
    }),
  ),
});

/** @returns undefined where it is none that we understand */
export function parseOwnTotal(line: string): OwnTotal | undefined {
  const read = z.safeParse(CostState, parseJson(line)).data;
  if (read === undefined) return undefined;
  const models = Object.entries(read.modelUsage).flatMap(([model, own]) => {
    const normalised = fromAnthropic({
      input_tokens: own.inputTokens,
      output_tokens: own.outputTokens,
      cache_read_input_tokens: own.cacheReadInputTokens,
      cache_creation_input_tokens: own.cacheCreationInputTokens,
      cache_creation: {
        ephemeral_5m_input_tokens: own.cacheCreationEphemeral5mInputTokens,
        ephemeral_1h_input_tokens: own.cacheCreationEphemeral1hInputTokens,
      },
    });
    const reasoning = Math.min(own.thinkingTokens, own.outputTokens);
    return "problem" in normalised ? [] : [[model, { ...normalised.tokens, reasoning }] as const];
  });
  return { since: read.startTime, models: Object.fromEntries(models) };
}
