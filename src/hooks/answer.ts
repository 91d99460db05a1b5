import { type HookEvent, hookEvents } from "./events.ts";
import type { Said } from "./module.ts";

/** How the process ends, by Claude Code's rules: 2 stops what is about to happen, and what is on standard error says why. */
export interface Answer {
  readonly exitCode: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

export const nothingToSay: Answer = { exitCode: 0, stdout: "", stderr: "" };

/**
 * Puts together what modules say. Standard output stays empty unless there is something for the model: one line before the JSON, and Claude Code
 * would not heed it; and a denial is never JSON, because a truncated one lets the tool run.
 */
export function toAnswer(event: HookEvent, said: readonly Said[]): Answer {
  const reasons = said.flatMap((one) => (one.kind === "deny" ? [one.reason] : []));
  if (reasons.length > 0) return { exitCode: 2, stdout: "", stderr: `${reasons.join("\n")}\n` };
  const texts = said.flatMap((one) => (one.kind === "tell" ? [one.text] : []));
  const replaced = said.findLast((one) => one.kind === "replace");
  if (texts.length === 0 && replaced === undefined) return nothingToSay;
  const hookSpecificOutput = {
    hookEventName: hookEvents[event].name,
    ...(texts.length > 0 && { additionalContext: texts.join("\n\n") }),
    ...(replaced && { updatedToolOutput: replaced.output }),
  };
  return { exitCode: 0, stdout: JSON.stringify({ hookSpecificOutput }), stderr: "" };
}
