#!/usr/bin/env node
// Runs on any Node that npm runs on, finds the Node 26 that came with the package, and hands over to it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findNode, neededMajor } from "./find-node.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// The repository runs from its sources; a package has only the bundle, because Node strips no types under node_modules.
const entry = [join(root, "src", "main.ts"), join(root, "dist", "main.js")].find(existsSync);

if (!entry) {
  fail("nextrust was installed without its bundle. Run: npm run prepare");
} else if (Number(process.versions.node.split(".")[0]) >= neededMajor) {
  await import(pathToFileURL(entry).href);
} else {
  const node = findNode();
  if (node) run(node, entry);
  else
    fail(
      `nextrust needs Node ${neededMajor}; this is Node ${process.versions.node}, and the one from npm was left out. Install it: npm install --include=optional`,
    );
}

function run(node, main) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`Node ${neededMajor} could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1);
  });
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
