import { z } from "zod";
import type { Answered, Asked, Wire } from "./wire.ts";

/** What Google's OpenAI-compatible API takes, as far as we use it: it refuses every field that it does not know. */
const Body = z.strictObject({
  model: z.string().min(1),
  messages: z.tuple([
    z.strictObject({ role: z.literal("system"), content: z.string() }),
    z.strictObject({ role: z.literal("user"), content: z.string().min(1) }),
  ]),
  max_tokens: z.int().positive(),
  stream: z.boolean().default(false),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  reasoning_effort: z.enum(["minimal", "low", "medium", "high"]).optional(),
  response_format: z.strictObject({
    type: z.literal("json_schema"),
    json_schema: z.strictObject({ name: z.string(), strict: z.boolean(), schema: z.record(z.string(), z.unknown()) }),
  }),
});

function read(body: unknown): Asked {
  const { model, messages, max_tokens: mostOut, stream, reasoning_effort: effort, response_format: format } = Body.parse(body);
  const [system, person] = messages;
  return {
    ...{ api: "chat", model: model.replace(/^models\//, ""), instructions: system.content, data: person.content },
    ...{ schema: format.json_schema.schema, mostOut, hasEffort: effort !== undefined, isStream: stream },
  };
}

const about = "type.googleapis.com/google.rpc";

const error: Wire["error"] = (fault, { message, fault: planned } = {}) => {
  // Google puts errors of this API into a list.
  const said = (code: number, status: string, words: string, details: readonly object[] = []) => ({
    status: code,
    body: [{ error: { code, message: message ?? words, status, details } }],
  });
  const quota = (quotaId: string) => ({ "@type": `${about}.QuotaFailure`, violations: [{ quotaId }] });
  const retry =
    planned?.retryAfterMs === undefined ? [] : [{ "@type": `${about}.RetryInfo`, retryDelay: `${planned.retryAfterMs / 1000}s` }];
  switch (fault) {
    case "rate_limited":
      return said(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [
        quota("GenerateRequestsPerMinutePerProjectPerModel"),
        ...retry,
      ]);
    case "quota":
      return said(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [
        quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
      ]);
    case "server_error":
      return said(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    case "retired":
      return said(404, "NOT_FOUND", "The model is not found for API version v1main.");
    case "unauthorised":
      return said(400, "INVALID_ARGUMENT", "API key not valid.", [
        { "@type": `${about}.ErrorInfo`, reason: "API_KEY_INVALID", domain: "googleapis.com" },
      ]);
    case "too_large":
      return { status: 413, body: "<html><title>Error 413 (Request Entity Too Large)</title></html>" };
    case "no_such_path":
      return { status: 404, body: "<html><title>Error 404 (Not Found)</title></html>" };
    default:
      return said(400, "INVALID_ARGUMENT", "Request contains an invalid argument.");
  }
};

const finishes = { said: "stop", refused: "stop", incomplete: "length", content_filter: "content_filter" } as const;

const headOf = ({ id, model }: Answered) => ({ id, created: Math.floor(Date.now() / 1000), model });

/** What it thought stands in the total alone. */
const usageOf = ({ tokensIn, tokensOut, tokensThought }: Answered) => ({
  prompt_tokens: tokensIn,
  completion_tokens: tokensOut - tokensThought,
  total_tokens: tokensIn + tokensOut,
});

const delta = ({ end }: Answered, text: string) =>
  end === "refused" ? { role: "assistant", refusal: text } : { role: "assistant", content: text };

/** Gemini by Google's OpenAI-compatible API. */
export const chatWire: Wire = {
  asksAt: "/v1beta/openai/chat/completions",
  listsAt: "/v1beta/openai/models",
  read,
  error,
  list: (models) => ({ object: "list", data: models.map(({ id }) => ({ id: `models/${id}`, object: "model", owned_by: "google" })) }),
  whole: (answered) => ({
    ...headOf(answered),
    object: "chat.completion",
    choices: [{ index: 0, message: delta(answered, answered.text), finish_reason: finishes[answered.end] }],
    usage: usageOf(answered),
  }),
  events(answered) {
    const chunk = (text: string, finish: string | null) => ({
      body: {
        ...headOf(answered),
        object: "chat.completion.chunk",
        choices: [{ index: 0, delta: delta(answered, text), finish_reason: finish }],
        usage: usageOf(answered),
      },
    });
    const half = Math.ceil(answered.text.length / 2);
    return [chunk(answered.text.slice(0, half), null), chunk(answered.text.slice(half), finishes[answered.end])];
  },
  failure: () => ({ body: { error: { code: 503, message: "The model failed while it answered.", status: "UNAVAILABLE" } } }),
  sentinel: "data: [DONE]\n\n",
};
