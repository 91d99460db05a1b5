import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe } from "vitest";

const isInstalled = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "gemini")));

/** Tests of the Gemini CLI itself. It is not ours to install, so where it is missing they are skipped, in a line. */
export function whereGeminiIsInstalled(what: string): typeof describe.skip {
  if (!isInstalled)
    process.stderr.write(`${what} is not tested, as the Gemini CLI is not on the PATH: npm install --global @google/gemini-cli\n`);
  return isInstalled ? describe : describe.skip;
}
