import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, rmSync } from "node:fs";
import { access, chmod, cp, mkdtemp, rm, statfs, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const execute = promisify(execFile);

/** A file of the bot as it ships, but with its dependencies inside: so it starts in a third of the time that its many sources take. */
export function shipped(path: "bin/nextrust.js" | "dist/main.js"): string {
  const folder = process.env.NEXTRUST_TEST_SHIPPED;
  if (folder === undefined) throw new Error("The bundle is missing: vitest.config.ts names this file as its globalSetup.");
  return join(folder, path);
}

/** Where those bots find their code compiled. */
export const compileCache = (): Record<string, string> => ({ NODE_COMPILE_CACHE: join(shipped("dist/main.js"), "..", "compiled") });

/** For vitest: lays out what a package holds before the first test, and removes it behind the last. */
export async function setup(): Promise<() => void> {
  const memory = await folderInMemory();
  if (memory !== undefined) process.env.TMPDIR = memory;
  const folder = await mkdtemp(join(tmpdir(), "nextrust-shipped-"));
  process.env.NEXTRUST_TEST_SHIPPED = folder;
  const remove = () => {
    for (const path of [folder, memory]) if (path !== undefined) rmSync(path, { recursive: true, force: true });
  };
  // Also when somebody interrupts the tests.
  process.once("exit", remove);
  await Promise.all([
    execute(process.execPath, [join(root, "scripts", "bundle.js"), join(folder, "dist"), "--whole"], { cwd: root }),
    ...["bin", "config", "eval", "package.json"].map((name) => cp(join(root, name), join(folder, name), { recursive: true })),
    symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction"),
  ]);
  await compile(folder);
  return remove;
}

/** Only a bot that ends well keeps what it compiled, and most of ours are killed: so one begins and ends before them. */
async function compile(folder: string): Promise<void> {
  const env = { ...compileCache(), PATH: process.env.PATH ?? "", PORT: "0" };
  const bot = spawn(process.execPath, [shipped("dist/main.js"), "start"], { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(bot, "exit");
  await Promise.race([once(bot.stdout, "data"), ended]);
  bot.kill("SIGTERM");
  const [code] = await ended;
  if (code !== 0) throw new Error(`The bot of the tests does not start and end well: ${code}`);
}

const enoughBytes = 2 ** 31;

/** A folder for temporary files where nothing waits for a disk, if the machine has one with room from which programs may be run. */
async function folderInMemory(): Promise<string | undefined> {
  const memory = "/dev/shm";
  const room = await statfs(memory).catch(() => undefined);
  if (!room || room.bavail * room.bsize < enoughBytes) return undefined;
  try {
    await access(memory, constants.W_OK);
  } catch {
    return undefined;
  }
  const folder = await mkdtemp(join(memory, "nextrust-"));
  try {
    const program = join(folder, "program");
    await writeFile(program, "#!/bin/sh\n");
    await chmod(program, 0o700);
    await execute(program);
    return folder;
  } catch {
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
}
