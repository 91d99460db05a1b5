import { readFileSync, statSync } from "node:fs";

const mostBytes = 64 * 1024 * 1024;

/** @returns the content of a file of JSON, a sentence that says why it cannot be read, or undefined where there is none */
export function readJsonFile(
  path: string,
): { readonly content: unknown; readonly changedAt: number } | { readonly problem: string } | undefined {
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there) return undefined;
  if (!there.isFile() || there.size > mostBytes) return { problem: "it is no file, or larger than 64 MB" };
  try {
    return { content: JSON.parse(readFileSync(path, "utf8")), changedAt: Math.trunc(there.mtimeMs) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? "it is no JSON" : `it cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
