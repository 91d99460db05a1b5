import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A file of the bot as it ships: a bundle starts in half the time that its many sources take. */
export function shipped(path: "bin/nextrust.js" | "dist/main.js"): string {
  const folder = process.env.NEXTRUST_TEST_SHIPPED;
  if (folder === undefined) throw new Error("The bundle is missing: vitest.config.ts names this file as its globalSetup.");
  return join(folder, path);
}

/** Where those bots find their code compiled. */
export const compileCache = (): Record<string, string> => ({ NODE_COMPILE_CACHE: join(shipped("dist/main.js"), "..", "compiled") });

/** For vitest: lays out what a package holds before the first test, and removes it behind the last. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-shipped-"));
  process.env.NEXTRUST_TEST_SHIPPED = folder;
  await Promise.all([
    promisify(execFile)(process.execPath, [join(root, "scripts", "bundle.js"), join(folder, "dist")], { cwd: root }),
    ...["bin", "config", "package.json"].map((name) => cp(join(root, name), join(folder, name), { recursive: true })),
    symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction"),
  ]);
  return () => rm(folder, { recursive: true, force: true });
}
