import { readFileSync } from "node:fs";
import { UserError } from "../../errors.ts";
import { parseCcusage } from "../../pipeline/usage/import/ccusage.ts";
import type { Teller } from "../../pipeline/usage/import/told.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";

const standardInput = 0;

/**
 * Reads what ccusage printed.
 *
 * @param file a path, or `-` for what is piped in
 * @throws UserError where it cannot be read or is no report that can be understood
 */
export function readCcusage(file: string, teller: Teller): readonly Usage[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file === "-" ? standardInput : file, "utf8"));
  } catch (error) {
    const why =
      error instanceof SyntaxError ? "is no JSON: run ccusage with --json" : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new UserError("invalid", "unreadable", `${file === "-" ? "What was piped in" : file} ${why}.`);
  }
  return parseCcusage(content, teller);
}
