import { z } from "zod";
import type { Failure, Spent } from "../pipeline/ai/provider.ts";
import { fromGemini } from "../pipeline/usage/normalise/gemini.ts";
import { lastLineOf } from "./tool-words.ts";

/** What the Gemini CLI prints where it had an answer. */
export const GeminiCliResult = z.object({
  session_id: z.string().min(1),
  response: z.string(),
  stats: z.object({
    models: z.record(
      z.string(),
      z.object({
        api: z.object({ totalRequests: z.number(), errorsByType: z.record(z.string(), z.number()).optional() }),
        tokens: z.object({ prompt: z.number(), candidates: z.number(), cached: z.number(), thoughts: z.number(), tool: z.number() }),
      }),
    ),
  }),
  error: z.object({ message: z.string() }).optional(),
});
export type GeminiCliResult = z.infer<typeof GeminiCliResult>;

const GeminiCliError = z.object({ error: z.object({ message: z.string(), code: z.union([z.number(), z.string()]).optional() }) });

/** One for each model that was asked; the statistics name it as it calls itself. Counts that cannot be right are left out. */
export function spentOf({ session_id, stats }: GeminiCliResult): readonly Spent[] {
  const models = Object.entries(stats.models).filter(([, { tokens }]) => tokens.prompt + tokens.candidates + tokens.thoughts > 0);
  return models.flatMap(([model, { tokens }]) => {
    const normalised = fromGemini(tokens);
    if ("problem" in normalised) return [];
    const id = models.length === 1 ? `google:${session_id}` : `google:${session_id}:${model}`;
    return [{ id, model, tokens: normalised.tokens }];
  });
}

/** The kinds of broken streams that it counts; what it says of them may change. */
const broken: Readonly<Record<string, Failure>> = {
  SAFETY_BLOCKED: "refused",
  MAX_TOKENS_EXCEEDED: "truncated",
  NO_RESPONSE_TEXT: "empty",
  MALFORMED_FUNCTION_CALL: "wrong_shape",
};

/** Why an answer cannot be read. `mostOut`: as much as it was allowed to say */
export function whyUnreadable({ response, stats, error }: GeminiCliResult, mostOut: number): Failure {
  const models = Object.values(stats.models);
  const kind = models.flatMap(({ api }) => Object.keys(api.errorsByType ?? {})).find((each) => broken[each] !== undefined);
  if (error && kind !== undefined) return broken[kind] as Failure;
  // It says nothing of a text that ends in the middle.
  if (models.some(({ tokens }) => tokens.candidates + tokens.thoughts >= mostOut)) return "truncated";
  return response.trim() === "" ? "empty" : "wrong_shape";
}

interface Failed {
  readonly failure: Failure;
  readonly said: string;
  readonly retryAfterMs?: number;
}

/** What it was that failed: nothing is on its stdout then, and at the end of stderr, behind warnings and traces, stands what it was. */
export function geminiCliFailure(code: number | null, stderr: string): Failed {
  const { message, code: toldCode } = errorIn(stderr) ?? { message: lastLineOf(stderr) };
  const status = statusOf(code, toldCode);
  const said = message || `exit code ${code}`;
  if (status === 429 && /TerminalQuotaError|exhausted your daily quota/.test(stderr)) return { failure: "quota", said };
  if (status === 429) {
    const retryAfterMs = /retryDelayMs: (\d{1,9})\b/.exec(stderr)?.[1];
    return { failure: "rate_limited", said, ...(retryAfterMs !== undefined && { retryAfterMs: Number(retryAfterMs) }) };
  }
  // Google says 400 of a key that it does not take, and the tool 1 of a model that is no more.
  if (status === 400 && stderr.includes("API_KEY_INVALID")) return { failure: "unauthorised", said };
  if (status === undefined && stderr.includes("ModelNotFoundError")) return { failure: "retired", said };
  return { failure: (status === undefined ? byExit[String(code)] : byStatus(status)) ?? "unavailable", said };
}

/** The API's status is what it ends with, modulo 256. */
function statusOf(code: number | null, told: number | string | undefined): number | undefined {
  if (typeof told === "number" && told >= 400) return told;
  return code !== null && code >= 144 ? code + 256 : undefined;
}

const byExit: Readonly<Record<string, Failure>> = {
  "41": "unauthorised",
  "42": "not_taken",
  "44": "unusable",
  "52": "unusable",
  "53": "stopped",
  "54": "stopped",
  "55": "unusable",
  "126": "unusable",
  "127": "unusable",
};

function byStatus(status: number): Failure {
  if (status === 401 || status === 403) return "unauthorised";
  if (status === 404) return "retired";
  if (status === 413) return "too_large";
  return status === 408 || status >= 500 ? "unavailable" : "not_taken";
}

function errorIn(stderr: string): { readonly message: string; readonly code?: number | string | undefined } | undefined {
  const from = stderr.lastIndexOf('{\n  "session_id"');
  if (from === -1) return undefined;
  try {
    return GeminiCliError.parse(JSON.parse(stderr.slice(from))).error;
  } catch {
    return undefined;
  }
}
