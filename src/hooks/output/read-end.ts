import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

export interface FileEnd {
  readonly text: string;
  /** Of the text's first line, from 1. */
  readonly firstNumber: number;
  /** Of the whole file. */
  readonly bytes: number;
  readonly isWhole: boolean;
}

const pieceBytes = 1 << 20;
const lineFeed = 10;

/** Reads the last `most` bytes of a file, and counts the lines before them. */
export function readEnd(path: string, most: number): FileEnd {
  // Nobody is waited for: what is no ordinary file is refused below.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new Error("it is no file");
    const from = Math.max(0, stat.size - most);
    const firstNumber = 1 + linesBefore(file, from);
    const buffer = Buffer.alloc(stat.size - from);
    const text = buffer.toString("utf8", 0, readFully(file, buffer, from));
    return { text, firstNumber, bytes: stat.size, isWhole: from === 0 };
  } finally {
    closeSync(file);
  }
}

function linesBefore(file: number, end: number): number {
  const piece = Buffer.alloc(Math.min(end, pieceBytes));
  let lines = 0;
  for (let at = 0; at < end; ) {
    const read = readSync(file, piece, 0, Math.min(piece.length, end - at), at);
    if (read === 0) break;
    for (let found = piece.indexOf(lineFeed); found !== -1 && found < read; found = piece.indexOf(lineFeed, found + 1)) lines++;
    at += read;
  }
  return lines;
}

function readFully(file: number, buffer: Buffer, from: number): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(file, buffer, length, buffer.length - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}
