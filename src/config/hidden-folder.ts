import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ownStats } from "./own-stats.ts";

/**
 * Makes a folder of ours in somebody's checkout, and further ones within it, where they are missing: git does not see them, nor do other accounts.
 *
 * @param within names, each of a folder in the one before
 * @returns the innermost
 * @throws where one of them is a link
 */
export function makeHiddenFolder(folder: string, ...within: readonly string[]): string {
  mkdirSync(dirname(folder), { recursive: true });
  if (make(folder)) writeFileSync(join(folder, ".gitignore"), "*\n");
  return within.reduce((outer, name) => {
    const path = join(outer, name);
    make(path);
    return path;
  }, folder);
}

/** @returns whether it was missing */
function make(folder: string): boolean {
  if (ownStats(folder)) return false;
  return mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
}
