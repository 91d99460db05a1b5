import { z } from "zod";
import type { Failure, Spent } from "../pipeline/ai/provider.ts";
import { toPico } from "../pipeline/usage/money.ts";
import { fromAnthropic } from "../pipeline/usage/normalise/anthropic.ts";

const ModelUsage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadInputTokens: z.number(),
  cacheCreationInputTokens: z.number(),
  cacheCreationEphemeral5mInputTokens: z.number().optional(),
  cacheCreationEphemeral1hInputTokens: z.number().optional(),
  costUSD: z.number().nonnegative(),
});

/** What Claude Code prints at the end of a question, whatever became of it. */
export const ClaudeCodeResult = z.object({
  type: z.literal("result"),
  session_id: z.string().min(1),
  is_error: z.boolean(),
  subtype: z.string(),
  terminal_reason: z.string().optional(),
  stop_reason: z.string().nullish(),
  api_error: z.string().nullish(),
  api_error_status: z.number().nullish(),
  structured_output: z.unknown().optional(),
  result: z.string().optional(),
  errors: z.array(z.string()).optional(),
  modelUsage: z.record(z.string(), ModelUsage),
});
export type ClaudeCodeResult = z.infer<typeof ClaudeCodeResult>;

/**
 * One for each model, a sum of its requests. Their ids are not those of requests in a transcript: no transcript is kept, and were one imported its
 * requests would not be known again here.
 */
export function spentOf({ session_id, modelUsage }: ClaudeCodeResult): readonly Spent[] {
  return Object.entries(modelUsage).flatMap(([model, usage]) => {
    const normalised = fromAnthropic({
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cache_read_input_tokens: usage.cacheReadInputTokens,
      cache_creation_input_tokens: usage.cacheCreationInputTokens,
      cache_creation: {
        ephemeral_5m_input_tokens: usage.cacheCreationEphemeral5mInputTokens,
        ephemeral_1h_input_tokens: usage.cacheCreationEphemeral1hInputTokens,
      },
    });
    if ("problem" in normalised) return [];
    return [{ id: `anthropic:headless:${session_id}:${model}`, model, tokens: normalised.tokens, statedPico: toPico(usage.costUSD) }];
  });
}

/** Why it has no answer; undefined where it came to its end. It ends well with errors in hand: what it says itself counts, not its exit code. */
export function claudeCodeFailure(result: ClaudeCodeResult): Failure | undefined {
  const { is_error, subtype, terminal_reason = "none", stop_reason, api_error, api_error_status } = result;
  if (stop_reason === "refusal") return "refused";
  if (api_error === "max_output_tokens") return "truncated";
  if (typeof api_error_status === "number") return byStatus(api_error_status, terminal_reason);
  const known = byReason[terminal_reason] ?? byReason[subtype];
  if (known !== undefined) return known;
  if (terminal_reason === "completed" && !is_error) return undefined;
  // Without a status it did not get as far as the service: there is no connection, or no login.
  if (terminal_reason === "api_error") return api_error ? "unavailable" : "unauthorised";
  return "unusable";
}

const byReason: Readonly<Record<string, Failure>> = {
  max_turns: "stopped",
  budget_exhausted: "stopped",
  prompt_too_long: "too_large",
  structured_output_retry_exhausted: "wrong_shape",
};

function byStatus(status: number, reason: string): Failure {
  if (status === 413 || reason === "prompt_too_long") return "too_large";
  if (status === 401 || status === 403) return "unauthorised";
  if (status === 402) return "quota";
  if (status === 404) return "retired";
  if (status === 429) return "rate_limited";
  return status === 408 || status >= 500 ? "unavailable" : "not_taken";
}

/** What it says of a failure. */
export const saidOf = ({ result, errors = [], terminal_reason, subtype }: ClaudeCodeResult): string =>
  result || errors.join(" ") || `It ended with ${terminal_reason ?? subtype}.`;
