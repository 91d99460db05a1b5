import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file so that a reader, or a crash, finds either the old content or the new one. It keeps its mode; a link stays one. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const there = existing(path);
  const target = there?.path ?? path;
  const draft = `${target}.${process.pid}.new`;
  try {
    const file = openSync(draft, "wx", there?.mode ?? 0o644);
    try {
      writeSync(file, text);
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
