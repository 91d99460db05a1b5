import { z } from "zod";
import { strictProblem } from "./strict-schema.ts";
import type { Answered, Asked, Wire } from "./wire.ts";

/** What the Responses API takes, as far as we use it; a key that is not here is a slip of ours. */
const Body = z.strictObject({
  model: z.string().min(1),
  instructions: z.string(),
  input: z.string().min(1),
  max_output_tokens: z.int().min(16),
  store: z.boolean(),
  stream: z.boolean().default(false),
  reasoning: z.strictObject({ effort: z.enum(["minimal", "low", "medium", "high"]) }).optional(),
  text: z.strictObject({
    format: z.strictObject({
      type: z.literal("json_schema"),
      name: z.string().regex(/^[\w-]{1,64}$/),
      strict: z.literal(true),
      schema: z.record(z.string(), z.unknown()),
    }),
  }),
});

function read(body: unknown): Asked {
  const { model, instructions, input, max_output_tokens: mostOut, stream, reasoning, text } = Body.parse(body);
  const problem = strictProblem(text.format.schema);
  if (problem !== undefined) throw new Error(`Invalid schema for response_format '${text.format.name}': ${problem}`);
  const hasEffort = reasoning !== undefined;
  return { api: "responses", model, instructions, data: input, schema: text.format.schema, mostOut, hasEffort, isStream: stream };
}

const error: Wire["error"] = (fault, { message } = {}) => {
  const said = (status: number, code: string | null, type: string, words: string) => ({
    status,
    body: { error: { message: message ?? words, type, param: null, code } },
  });
  switch (fault) {
    case "rate_limited":
      return said(429, "rate_limit_exceeded", "requests", "Rate limit reached for requests. Please try again soon.");
    case "quota":
      return said(
        429,
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.",
      );
    case "server_error":
      return said(503, null, "server_error", "The server had an error while processing your request.");
    case "retired":
      return said(404, "model_not_found", "invalid_request_error", "The model has been deprecated or you do not have access to it.");
    case "unauthorised":
      return said(401, "invalid_api_key", "invalid_request_error", "Incorrect API key provided.");
    case "too_large":
      return said(400, "context_length_exceeded", "invalid_request_error", "Your input exceeds the context window of this model.");
    case "no_such_path":
      return said(404, null, "invalid_request_error", "Invalid URL.");
    default:
      return said(400, "unsupported_value", "invalid_request_error", "Unsupported value in the request.");
  }
};

const statusOf = ({ end }: Answered): string => (end === "said" || end === "refused" ? "completed" : "incomplete");

function whole(answered: Answered) {
  const { id, model, end, text, tokensIn, tokensOut, tokensThought } = answered;
  const part = end === "refused" ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [], logprobs: [] };
  const message = { id: `msg_${id}`, type: "message", role: "assistant", status: statusOf(answered), content: text === "" ? [] : [part] };
  const reason = end === "content_filter" ? "content_filter" : "max_output_tokens";
  return {
    ...begun(answered),
    status: statusOf(answered),
    model,
    incomplete_details: statusOf(answered) === "incomplete" ? { reason } : null,
    output: [{ id: `rs_${id}`, type: "reasoning", summary: [] }, ...(end === "incomplete" ? [] : [message])],
    usage: {
      input_tokens: tokensIn,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: tokensOut,
      output_tokens_details: { reasoning_tokens: tokensThought },
      total_tokens: tokensIn + tokensOut,
    },
  };
}

const begun = ({ id, model }: Answered) => ({
  id: `resp_${id}`,
  object: "response",
  created_at: Math.floor(Date.now() / 1000),
  status: "in_progress",
  model,
  error: null,
  incomplete_details: null,
  output: [],
  store: false,
  usage: null,
});

const pieceLength = 200;

/** OpenAI's Responses API. */
export const responsesWire: Wire = {
  asksAt: "/v1/responses",
  listsAt: "/v1/models",
  read,
  error,
  list: (models) => ({
    object: "list",
    data: models.map(({ id, shutdownDate }) => ({
      id,
      object: "model",
      created: 1,
      owned_by: "openai",
      shutdown_date: shutdownDate ?? null,
    })),
  }),
  whole,
  events(answered) {
    const { id, end, text } = answered;
    const pieces = text.match(new RegExp(`[^]{1,${pieceLength}}`, "g")) ?? [];
    const type = end === "refused" ? "response.refusal.delta" : "response.output_text.delta";
    return [
      { type: "response.created", response: begun(answered) },
      { type: "response.in_progress", response: begun(answered) },
      ...pieces.map((delta) => ({ type, item_id: `msg_${id}`, output_index: 1, content_index: 0, delta })),
      { type: `response.${statusOf(answered)}`, response: whole(answered) },
    ].map((event, sequence) => ({ name: event.type, body: { ...event, sequence_number: sequence } }));
  },
  failure: (answered) => ({
    name: "response.failed",
    body: {
      type: "response.failed",
      sequence_number: 2,
      response: {
        ...whole(answered),
        status: "failed",
        output: [],
        error: { code: "server_error", message: "The model failed while it answered." },
      },
    },
  }),
  sentinel: "",
};
