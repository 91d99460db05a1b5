import { z } from "zod";
import { complaintsOf } from "../block-kit/complaint.ts";
import { viewComplaints } from "../block-kit/view.ts";
import type { Delivery } from "../deliveries.ts";
import type { Exchanges } from "../exchanges.ts";
import { withBlockIds } from "../seen-message.ts";
import type { Screens, SeenView, SlackView } from "./screens.ts";

const Answer = z.union([
  z.strictObject({ response_action: z.literal("clear") }),
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal("update"), view: z.record(z.string(), z.unknown()) }),
]);
type Answer = z.infer<typeof Answer>;

/**
 * What Slack does with an app's answer to a submission. No answer in time, or a wrong one, leaves the modal as it was:
 * https://docs.slack.dev/surfaces/modals
 */
export function afterSubmission(
  { status, body }: Delivery,
  view: SeenView,
  person: string,
  screens: Screens,
  exchanges: Exchanges,
): { readonly errors?: Readonly<Record<string, string>> } {
  if (status !== 200) return {};
  if (body.trim() === "") {
    screens.close(person, false);
    return {};
  }
  const parsed = Answer.safeParse(JSON.parse(body));
  const problems = parsed.success ? problemsOf(parsed.data, view) : complaintsOf(parsed.error, []);
  const refusal = { ok: false, error: "invalid_payload", response_metadata: { messages: problems } };
  exchanges.tell({ method: "ack", args: {}, answer: problems.length > 0 ? refusal : { ok: true } });
  if (!parsed.success || problems.length > 0) return {};
  switch (parsed.data.response_action) {
    case "clear":
      screens.close(person, true);
      return {};
    case "errors":
      return { errors: parsed.data.errors };
    case "update":
      screens.update({ ...view.raw, ...parsed.data.view, blocks: withBlockIds(parsed.data.view.blocks as SlackView["blocks"]) });
      return {};
  }
}

function problemsOf(answer: Answer, { blocks }: SeenView): readonly string[] {
  if (answer.response_action === "update") return viewComplaints(answer.view);
  if (answer.response_action === "clear") return [];
  const inputs = blocks.filter(({ type }) => type === "input").map(({ block_id }) => block_id);
  return Object.keys(answer.errors)
    .filter((id) => !inputs.includes(id))
    .map((id) => `there is no input ${id}`);
}
