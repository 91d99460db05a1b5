import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { hookLogFolder } from "../../hooks/log/hook-log.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import type { Session } from "../../pipeline/sessions/sessions.ts";
import { type Part, text } from "../../reply.ts";
import type { Section } from "./section.ts";

const longestTail = 65_536;
const longestId = 60;

/** Whether hooks are alive: when one ran last, by their own log, and in which session, by its receipt. */
export const hooks: Section = async (checkout) => {
  const last = lastLine(hookLogFolder(checkout.place.project));
  const session = checkout.existingJournal()?.sessions.newest(1)[0];
  const content = { lastAt: last?.at ?? null, lastEvent: last?.event ?? null, session: session ? inJson(session) : null };
  if (!last && !session) {
    const sentence = "No hook has run here, or its log is gone: nextrust setup registers them with Claude Code.";
    return { content, parts: [text(sentence, "idle")] };
  }
  const ran = last ? [text(`Hooks ran last at ${momentInWords(Date.parse(last.at))} (${last.event}).`, "good")] : [];
  return { content, parts: [...ran, ...(session ? inWords(session) : [])] };
};

const inJson = ({ id, state, startedAt, seenAt, captureFailed }: Session) => ({
  id,
  state,
  startedAt: new Date(startedAt).toISOString(),
  seenAt: new Date(seenAt).toISOString(),
  captureFailed: captureFailed?.reason ?? null,
});

function inWords({ id, state, startedAt, captureFailed }: Session): Part[] {
  const ended = state === "final" ? ", and has ended" : "";
  const failed = captureFailed
    ? [text(`What it used could not be read ${times(captureFailed.times)}: ${captureFailed.reason}.`, "bad")]
    : [];
  return [text(`The last session is ${id.slice(0, longestId)}: it began ${momentInWords(startedAt)}${ended}.`), ...failed];
}

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

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
