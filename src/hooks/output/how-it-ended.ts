import type { PayloadOf } from "../payload.ts";

/** What a tool that did not fail came to: one that runs on behind the session has done nothing yet. */
export function howItEnded({
  tool_input: input,
  tool_response: response,
}: Pick<PayloadOf<"post-tool-use">, "tool_input" | "tool_response">): "by itself" | "interrupted" | "goes on" {
  const { interrupted, backgroundTaskId } = (response ?? {}) as Readonly<Record<string, unknown>>;
  if (input.run_in_background === true || backgroundTaskId !== undefined) return "goes on";
  return interrupted === true ? "interrupted" : "by itself";
}
