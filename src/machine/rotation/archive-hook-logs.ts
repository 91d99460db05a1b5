import { lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { ownStats } from "../../config/own-stats.ts";
import { writeWhole } from "../../config/write-whole.ts";

const nameOfDay = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;

/**
 * Moves the hook log's files of days before a moment into its archive. A file goes after the archive has all of it, so that a process that is
 * killed between loses nothing; several at once do the same.
 *
 * @returns the names of the files
 */
export function archiveHookLogs(folder: string, before: number, { isTried = false } = {}): readonly string[] {
  const firstKept = new Date(before).toISOString().slice(0, 10);
  const old = namesIn(folder).filter((name) => (nameOfDay.exec(name)?.[1] ?? firstKept) < firstKept);
  if (!isTried) for (const name of old) archive(folder, name);
  return old;
}

function archive(folder: string, name: string): void {
  const path = join(folder, name);
  const content = contentOf(path);
  if (!content) return;
  const target = join(folder, "archive", `${name}.gz`);
  const there = ownStats(target) ? readFileSync(target) : Buffer.alloc(0);
  // What was gzipped may stand behind something gzipped.
  if (!endsWith(there, content)) writeWhole(target, Buffer.concat([there, gzipSync(content)]));
  rmSync(path, { force: true });
}

function endsWith(gzipped: Buffer, content: Buffer): boolean {
  if (gzipped.length === 0) return false;
  const text = gunzipSync(gzipped);
  return text.subarray(Math.max(0, text.length - content.length)).equals(content);
}

/** Nothing when another process was faster. */
function contentOf(path: string): Buffer | undefined {
  try {
    // A repository may bring a link to a device that never ends.
    return lstatSync(path).isFile() ? readFileSync(path) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function namesIn(folder: string): string[] {
  try {
    ownStats(folder);
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
