import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type HookEvent, hookEvents } from "../../../src/hooks/events.ts";
import type { PayloadOf } from "../../../src/hooks/payload.ts";

/** What Claude Code 2.1.330 wrote for an event, with what differs. */
export function aPayload<Event extends HookEvent>(event: Event, changes: object = {}): PayloadOf<Event> {
  const text = readFileSync(join(import.meta.dirname, `${hookEvents[event].name}.json`), "utf8");
  return { ...JSON.parse(text), ...changes };
}

/** One about a command in a shell. */
export const aCommand = (command: string, changes: object = {}): PayloadOf<"pre-tool-use"> =>
  aPayload("pre-tool-use", { tool_input: { command }, ...changes });
