import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Checkout } from "./a-checkout.ts";

const folder = join(import.meta.dirname, "captured/transcripts");

/** What Claude Code 2.1.330 wrote in real sessions: one with a sub-agent, one that was resumed twice and compacted, and a fork of that. */
export type Recorded = "delegated" | "resumed" | "forked";

/** Just after the sessions were recorded. */
export const recordedAt = Date.parse("2026-11-23T06:30:00Z");

/** Puts a recorded session beside a checkout, where git does not see it. */
export function aRecorded(session: Recorded, checkout: Checkout): { readonly session: string; readonly transcript: string } {
  const place = join(checkout.path, ".git", "claude");
  const transcript = join(place, `${session}.jsonl`);
  cpSync(join(folder, `${session}.jsonl`), transcript);
  if (existsSync(join(folder, session))) cpSync(join(folder, session), join(place, session), { recursive: true });
  return { session, transcript };
}

export const linesOf = (session: Recorded): readonly string[] =>
  readFileSync(join(folder, `${session}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");

/** An answer of a model as a line of a transcript. */
export function anAnswer(
  id: string,
  changes: { session?: string; at?: number; text?: string; out?: number; usedIn?: number } = {},
): string {
  const { session = "s-1", at = recordedAt, text = "Done.", out = 20, usedIn = 10 } = changes;
  return JSON.stringify({
    ...{ parentUuid: null, isSidechain: false, type: "assistant", uuid: `u-${id}`, sessionId: session, requestId: `req_${id}` },
    timestamp: new Date(at).toISOString(),
    message: {
      ...{ id: `msg_${id}`, type: "message", role: "assistant", model: "claude-sonnet-4-5" },
      content: [{ type: "text", text }],
      usage: { input_tokens: usedIn, cache_creation_input_tokens: 0, cache_read_input_tokens: 100, output_tokens: out },
    },
  });
}

/** What a person asked for as a line of a transcript. */
export const aPromptLine = (id: string, session = "s-1"): string =>
  JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    promptId: id,
    type: "user",
    message: { role: "user", content: "go on" },
    sessionId: session,
  });

/** Writes lines to the end of a file, and makes it where it is missing. */
export function append(file: string, ...lines: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, lines.map((line) => `${line}\n`).join(""));
}
