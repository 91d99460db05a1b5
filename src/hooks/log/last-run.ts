import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { hookLogFolder } from "./hook-log.ts";

/** A line has no end to its length in principle; of longer ones the last is not found. */
const longestTail = 65_536;

/** When a hook of the checkout last ran, by the log that every one of them writes; undefined when none did that is still told of. */
export function lastRun(project: string): { readonly at: number; readonly event: string } | undefined {
  const folder = hookLogFolder(project);
  try {
    const newest = readdirSync(folder)
      .filter((name) => /^\d{4}-\d{2}-\d{2}\.jsonl$/.test(name))
      .toSorted()
      .at(-1);
    const lines = newest === undefined ? [] : tailOf(join(folder, newest)).split("\n");
    // The last one may be just being written.
    for (const line of lines.toReversed()) {
      const found = parse(line);
      if (found) return found;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
  return undefined;
}

function parse(line: string): { at: number; event: string } | undefined {
  try {
    const { at, event } = JSON.parse(line);
    const time = Date.parse(at);
    return Number.isNaN(time) ? undefined : { at: time, event: String(event) };
  } catch {
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
