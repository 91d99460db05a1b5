import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file so that a reader, or a crash, finds either the old content or the new one. It keeps its mode; a link stays one. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const there = existing(path);
  const target = there?.path ?? path;
  // A number of a process returns, in a container soon, and what a killed one left would be in the way.
  const draft = `${target}.${randomUUID()}.new`;
  try {
    const file = openSync(draft, "wx", there?.mode ?? 0o644);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function existing(path: string): { path: string; mode: number } | undefined {
  const real = statSync(path, { throwIfNoEntry: false }) && realpathSync(path);
  return real === undefined ? undefined : { path: real, mode: statSync(real).mode & 0o777 };
}
