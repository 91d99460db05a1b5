// Writes what documentation and manifest take from the code. `npm run docs -- --check` only says whether they are up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { generated } from "./generated.ts";

const read = (file: string) => readFileSync(file, "utf8");
const stale = [...generated(read)].filter(([file, text]) => text !== read(file));

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`Out of date: ${stale.map(([file]) => file).join(", ")}. Run: npm run docs`);
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of stale) writeFileSync(file, text);
}
