// The Node 26 that came with the package. Plain JavaScript: it runs on any Node that npm runs on.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export const neededMajor = 26;

/** @returns {string | undefined} the path of the program; undefined where npm left it out */
export function findNode() {
  const require = createRequire(import.meta.url);
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`, `node-win-${process.arch}`];
  for (const name of names) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      const binary = join(dirname(manifest), require(manifest).bin.node);
      if (existsSync(binary)) return binary;
    } catch {
      // Not the package of this platform.
    }
  }
  return undefined;
}
