import { createHash } from "node:crypto";
import { type BigIntStats, readSync } from "node:fs";
import type { FileMark } from "../../pipeline/usage/import/destination.ts";

const comparedBytes = 1_024;

/** @returns device, inode, size and time of change as one word */
export const seenAs = ({ dev, ino, size, mtimeNs }: BigIntStats): string => `${dev}:${ino}:${size}:${mtimeNs}`;

/** Of the bytes at the beginning and of those before a position: nobody appends to a file and changes them. */
export function fingerprintOf(file: number, position: number): string {
  const length = Math.min(comparedBytes, position);
  const hash = createHash("sha256");
  for (const from of [0, position - length]) {
    const bytes = Buffer.alloc(length);
    hash.update(bytes.subarray(0, readSync(file, bytes, 0, length, from)));
  }
  return hash.digest("base64url").slice(0, 22);
}

/** Whether the file still is what was read, and only grew. */
export const isContinued = (file: number, { position, fingerprint }: FileMark, { size }: BigIntStats): boolean =>
  position <= size && fingerprintOf(file, position) === fingerprint;
