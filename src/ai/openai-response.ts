import { z } from "zod";

const count = z.number().nullish();

const Part = z.object({ type: z.string(), text: z.string().default(""), refusal: z.string().optional() });

/** An answer of the Responses API, with what we use of it. */
const OpenAiResponse = z.object({
  id: z.string(),
  /** The one that answered: `o3-2025-04-16` where `o3` was asked. */
  model: z.string(),
  status: z.string(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(z.object({ type: z.string(), content: z.array(Part).catch([]).default([]) })),
  usage: z
    .object({
      input_tokens: z.number(),
      input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
      output_tokens: z.number(),
      output_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
    })
    .nullish()
    .catch(undefined),
});
export type OpenAiResponse = z.infer<typeof OpenAiResponse>;

/** The event that a stream ends with. */
export const FinalEvent = z.object({
  type: z.enum(["response.completed", "response.incomplete", "response.failed"]),
  response: OpenAiResponse,
});
