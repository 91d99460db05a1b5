import type { Prompt } from "../../../pipeline/sessions/prompts.ts";
import { type Fields, fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { countAt, textAt, timeAt } from "./records.ts";

const noTokens = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };

/**
 * Reads one line of `prompt-audit-*.jsonl`. What the prompt said is left where it is.
 *
 * @param digest names a line for ever: the file gives its prompts no names
 */
export function readPromptAudit(fields: Fields, now: number, digest: string): Prompt | string {
  const metadata = fieldsOf(fields.metadata) ?? fields;
  const metrics = fieldsOf(metadata.prompt_metrics) ?? metadata;
  const at = timeAt(fields, now) ?? timeAt(metadata, now);
  const estimatedTokens = countAt(metrics, ["estimated_tokens"]);
  if (at === undefined) return "its time cannot be read";
  if (estimatedTokens === undefined) return "it holds no estimated_tokens";
  const prompt = typeof fields.prompt === "string" ? fields.prompt : "";
  const actual = countAt(metrics, ["actual_tokens"]);
  return {
    id: `reference:${digest.slice(0, 32)}`,
    session: textAt(fields, ["session_id"], 100) ?? textAt(metadata, ["session_id"], 100) ?? "unknown",
    at,
    characters: countAt(metrics, ["length", "characters", "char_count"]) ?? prompt.length,
    estimatedTokens,
    sha256: textAt(fields, ["prompt_hash", "sha256"], 64) ?? "",
    ...(actual !== undefined && { used: { addedTokens: actual, requests: 0, tokens: noTokens } }),
  };
}
