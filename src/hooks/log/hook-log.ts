import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";

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
    appendFileSync(file, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") return;
    try {
      makeHiddenFolder(folder);
      appendFileSync(file, text);
    } catch {
      // A checkout that cannot be written has no log.
    }
  }
}
