import { closeSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { LineReader } from "../../machine/import/line-reader.ts";
import { fieldsOf } from "../../pipeline/usage/import/fields.ts";
import { parseJson } from "../../pipeline/usage/import/told.ts";
import { openTranscript } from "./transcript-files.ts";

interface Awaited {
  readonly path: string;
  /** How far the transcript was read before. */
  readonly from: number;
  readonly message: string;
}

const longestMs = 1_000;
const pauseMs = 10;
const needles = [Buffer.from('"usage"')];

/**
 * Claude Code tells that it has stopped before it has written down its last answer: in most runs it does so some milliseconds later.
 *
 * @returns whether the answer stands in the transcript; after a second it is waited for no longer
 */
export async function waitForMessage({ path, from, message }: Awaited, mostMs = longestMs): Promise<boolean> {
  const until = performance.now() + mostMs;
  let position = from;
  for (let size = -1; ; ) {
    const now = sizeOf(path);
    if (now !== size) {
      size = now;
      const read = readSaid(path, position, message.trim());
      if (read.isThere) return true;
      position = read.position;
    }
    if (performance.now() + pauseMs > until) return false;
    await sleep(pauseMs);
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? -1;

function readSaid(path: string, from: number, message: string): { readonly isThere: boolean; readonly position: number } {
  let file: number;
  try {
    file = openTranscript(path);
  } catch {
    return { isThere: false, position: from };
  }
  try {
    const lines = new LineReader().lines(file, from, needles);
    for (;;) {
      const next = lines.next();
      if (next.done) return { isThere: false, position: next.value };
      if (next.value.kind === "wanted" && says(next.value.text, message)) return { isThere: true, position: next.value.end };
    }
  } finally {
    closeSync(file);
  }
}

/** Each part of an answer is a line of its own: its last part ends the message. */
function says(line: string, message: string): boolean {
  const content = fieldsOf(fieldsOf(parseJson(line))?.message)?.content;
  if (!Array.isArray(content)) return false;
  const last = fieldsOf(content.findLast((part) => fieldsOf(part)?.type === "text"))?.text;
  return typeof last === "string" && last.trim() !== "" && message.endsWith(last.trim());
}
