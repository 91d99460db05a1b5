import type { OwnTotal } from "../../pipeline/sessions/own-total.ts";
import { type Fields, fieldsOf } from "../../pipeline/usage/import/fields.ts";
import { parseJson } from "../../pipeline/usage/import/told.ts";
import { fromAnthropic } from "../../pipeline/usage/normalise/anthropic.ts";
import { checked } from "../../pipeline/usage/normalise/checked.ts";
import type { Tokens } from "../../pipeline/usage/usage.ts";

/** How the line begins that Claude Code writes to a transcript when a session ends, also when it will be resumed. */
export const ownTotalBegins = '{"type":"cost-state"';

/** @returns undefined where it is none that we understand */
export function parseOwnTotal(line: string): OwnTotal | undefined {
  const row = fieldsOf(parseJson(line));
  const models = fieldsOf(row?.modelUsage);
  if (models === undefined || typeof row?.startTime !== "number") return undefined;
  const tokens = Object.entries(models).map(([model, used]) => [model, tokensOf(fieldsOf(used) ?? {})] as const);
  if (tokens.some(([, each]) => each === undefined)) return undefined;
  return { since: row.startTime, models: Object.fromEntries(tokens) as Record<string, Tokens> };
}

function tokensOf(used: Fields): Tokens | undefined {
  // Whatever is no count is refused there.
  const counts = used as Readonly<Record<string, number | undefined>>;
  const normalised = fromAnthropic({
    input_tokens: counts.inputTokens ?? 0,
    output_tokens: counts.outputTokens ?? 0,
    cache_read_input_tokens: counts.cacheReadInputTokens,
    cache_creation_input_tokens: counts.cacheCreationInputTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: counts.cacheCreationEphemeral5mInputTokens,
      ephemeral_1h_input_tokens: counts.cacheCreationEphemeral1hInputTokens,
    },
  });
  if ("problem" in normalised) return undefined;
  const whole = checked({ ...normalised.tokens, reasoning: Math.min(counts.thinkingTokens ?? 0, normalised.tokens.out) });
  return "problem" in whole ? undefined : whole.tokens;
}
