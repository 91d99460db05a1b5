import { z } from "zod";
import { eventsOf, wholeOf } from "./responses-answer.ts";
import { strictProblem } from "./strict-schema.ts";
import type { Asked, Wire } from "./wire.ts";

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
  whole: wholeOf,
  events: eventsOf,
  failure: (answered) => ({
    name: "response.failed",
    body: {
      type: "response.failed",
      sequence_number: 2,
      response: {
        ...wholeOf(answered),
        status: "failed",
        output: [],
        error: { code: "server_error", message: "The model failed while it answered." },
      },
    },
  }),
  sentinel: "",
};
