import { z } from "zod";
import { complaintsOf } from "./block-kit/complaint.ts";
import { blockKitProblem } from "./block-kit/message.ts";
import type { Block } from "./seen-message.ts";
import type { ApiAnswer } from "./workspace.ts";

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]).default(false);
const maybe = z.unknown().optional();

const ResponseBody = z.strictObject({
  text: z.string().default(""),
  blocks: z.array(z.custom<Block>()).default([]),
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  replace_original: flag,
  delete_original: flag,
  thread_ts: z.string().optional(),
  // Taken, and not shown here.
  attachments: maybe,
  metadata: maybe,
  mrkdwn: maybe,
  parse: maybe,
  link_names: maybe,
  unfurl_links: maybe,
  unfurl_media: maybe,
});
export type ResponseBody = z.infer<typeof ResponseBody>;

/** What an app says in an acknowledgement or at a response URL, or Slack's refusal of it. */
export function readResponse(given: unknown): { readonly said: ResponseBody } | { readonly refusal: ApiAnswer } {
  const parsed = ResponseBody.safeParse(given);
  if (!parsed.success) return refuse("invalid_payload", complaintsOf(parsed.error, []));
  const problem = blockKitProblem(parsed.data.blocks);
  return problem ? refuse(problem.error, problem.messages) : { said: parsed.data };
}

const refuse = (error: string, messages: readonly string[]) => ({ refusal: { ok: false, error, response_metadata: { messages } } });
