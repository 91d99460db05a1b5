#!/usr/bin/env node
// Runs on any Node that npm runs on, finds the Node 26 that came with the package, and hands over to it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const neededMajor = 26;
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

function findNode() {
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
