import { z } from "zod";

const count = z.number().nullish();

const ChatUsage = z.object({
  prompt_tokens: z.number(),
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
  completion_tokens: count,
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
  total_tokens: count,
});
export type ChatUsage = z.infer<typeof ChatUsage>;

/** A piece of an answer of the Chat Completions API, with what we use of it. */
export const ChatChunk = z.object({
  id: z.string().min(1).optional().catch(undefined),
  /** The one that answers: Google gives another model for one that it has taken away. */
  model: z.string().min(1).optional().catch(undefined),
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: ChatUsage.nullish().catch(undefined),
});
