import { closeSync, constants, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { ownStats } from "../../config/own-stats.ts";

export const hookLogFolder = (project: string): string => join(project, ".claude", "hook-logs");

/**
 * Appends one line to the day's file. Nothing stands in it that the session said. Lines of many processes do not mix: each is one write to the end.
 *
 * @param at milliseconds since the epoch
 */
export function writeHookLog(project: string, line: object, at: number): void {
  const time = new Date(at).toISOString();
  const folder = hookLogFolder(project);
  const file = join(folder, `${time.slice(0, 10)}.jsonl`);
  const text = `${JSON.stringify({ at: time, ...line })}\n`;
  try {
    if (!ownStats(folder)) makeHiddenFolder(folder);
    append(file, text);
  } catch {
    // A checkout that cannot be written has no log.
  }
}

/** A checkout may bring a link or a pipe in the file's place: none is followed, none is waited for. */
const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function append(path: string, text: string): void {
  const file = openSync(path, flags, 0o600);
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}
