import * as z from "zod/mini";
import type { HookEvent } from "./events.ts";

/** Claude Code always says these; where it does not we can do without. */
const unlessWrong = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

const common = {
  session_id: unlessWrong(z.string()),
  transcript_path: unlessWrong(z.string()),
  cwd: unlessWrong(z.string()),
  prompt_id: unlessWrong(z.string()),
  permission_mode: unlessWrong(z.string()),
  /** Of a sub-agent only. */
  agent_id: unlessWrong(z.string()),
};

const tool = {
  ...common,
  tool_name: z.string(),
  tool_input: z.record(z.string(), z.unknown()),
  tool_use_id: unlessWrong(z.string()),
};

/** What Claude Code writes to a hook's standard input, by the event; only what we use. */
export const payloads = {
  "pre-tool-use": z.object(tool),
  "post-tool-use": z.object({ ...tool, tool_response: z.unknown(), duration_ms: unlessWrong(z.number()) }),
  "post-tool-use-failure": z.object({ ...tool, error: z.catch(z.string(), ""), is_interrupt: z.catch(z.boolean(), false) }),
  "user-prompt-submit": z.object({ ...common, prompt: z.string() }),
  "session-start": z.object({ ...common, source: unlessWrong(z.string()) }),
  stop: z.object({ ...common, stop_hook_active: z.catch(z.boolean(), false), last_assistant_message: unlessWrong(z.string()) }),
  "session-end": z.object({ ...common, reason: unlessWrong(z.string()) }),
} satisfies Record<HookEvent, z.ZodMiniType>;

export type PayloadOf<Event extends HookEvent> = z.infer<(typeof payloads)[Event]>;
export type ToolPayload = PayloadOf<"pre-tool-use">;

/** @returns what was read, or a half-sentence that says what is wrong with it */
export function readPayload<Event extends HookEvent>(event: Event, text: string): PayloadOf<Event> | { readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { problem: text.trim() === "" ? "it is empty" : "it is no JSON" };
  }
  const read = z.safeParse(payloads[event], content);
  if (read.success) return read.data as PayloadOf<Event>;
  const [issue] = read.error.issues;
  return { problem: `${issue?.path.join(".") || "it"} is missing or of another kind than I know` };
}
