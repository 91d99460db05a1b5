import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UserError } from "../../errors.ts";
import { parseCcusage } from "../../pipeline/usage/import/ccusage.ts";
import type { Teller } from "../../pipeline/usage/import/told.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";

/**
 * Reads what ccusage printed.
 *
 * @param file a path, or `-` for what is piped in
 * @throws UserError where it cannot be read or is no report that can be understood
 */
export async function readCcusage(file: string, teller: Teller): Promise<readonly Usage[]> {
  let content: unknown;
  try {
    // Read as a stream: whatever pipes may not have printed anything yet.
    content = JSON.parse(await (file === "-" ? text(process.stdin) : readFile(file, "utf8")));
  } catch (error) {
    const why =
      error instanceof SyntaxError ? "is no JSON: run ccusage with --json" : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new UserError("invalid", "unreadable", `${file === "-" ? "What was piped in" : file} ${why}.`);
  }
  return parseCcusage(content, teller);
}
