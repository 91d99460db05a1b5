import { readSync, writeSync } from "node:fs";

const standardInput = 0;
const firstBytes = 1 << 16;

/**
 * All of standard input. Payloads have no limit of their own: a tool that writes a file of 3 MB is told with all of it. Node's own stream takes
 * several milliseconds to load.
 */
export function readInput(): string {
  let buffer = Buffer.allocUnsafe(firstBytes);
  let length = 0;
  for (;;) {
    const read = readSome(buffer, length);
    if (read === 0) return buffer.toString("utf8", 0, length);
    length += read;
    if (length === buffer.length) buffer = Buffer.concat([buffer], length * 2);
  }
}

function readSome(buffer: Buffer, from: number): number {
  for (;;) {
    try {
      return readSync(standardInput, buffer, from, buffer.length - from, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows tells the end so.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** Writes all of it, however slowly it is read; a reader that has gone away does not matter. */
export function writeOutput(file: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      pause();
    }
  }
}

/** A pipe that somebody made non-blocking has nothing, or no room, for the moment. */
const pause = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
