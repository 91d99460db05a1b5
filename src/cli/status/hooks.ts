import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { hookLogFolder } from "../../hooks/log/hook-log.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { text } from "../../reply.ts";
import type { Section } from "./section.ts";

const longestTail = 65_536;

/** Whether hooks are alive: when one ran last, by their own log. */
export const hooks: Section = async ({ place }) => {
  const last = lastLine(hookLogFolder(place.project));
  if (!last) {
    const sentence = "No hook has run here, or its log is gone: nextrust setup registers them with Claude Code.";
    return { content: { lastAt: null }, parts: [text(sentence, "idle")] };
  }
  const sentence = `Hooks ran last at ${momentInWords(Date.parse(last.at))} (${last.event}).`;
  return { content: { lastAt: last.at, lastEvent: last.event }, parts: [text(sentence, "good")] };
};

function lastLine(folder: string): { at: string; event: string } | undefined {
  try {
    const newest = readdirSync(folder)
      .filter((name) => /^\d{4}-\d{2}-\d{2}\.jsonl$/.test(name))
      .sort()
      .at(-1);
    const line = newest && tailOf(join(folder, newest)).trimEnd().split("\n").at(-1);
    const { at, event } = JSON.parse(line || "{}");
    return Number.isNaN(Date.parse(at)) ? undefined : { at, event: String(event) };
  } catch {
    // No log, or a line that is being written.
    return undefined;
  }
}

function tailOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, longestTail));
    const read = readSync(file, tail, 0, tail.length, size - tail.length);
    return tail.toString("utf8", 0, read);
  } finally {
    closeSync(file);
  }
}
