import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Makes a folder of ours in somebody's checkout, where it is missing: git does not see it, nor do other accounts. */
export function makeHiddenFolder(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) writeFileSync(join(folder, ".gitignore"), "*\n");
}
