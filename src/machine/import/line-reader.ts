import { readSync } from "node:fs";

const newline = 10;
const openBrace = 123;
const closeBrace = 125;
const carriageReturn = 13;
const firstBytes = 1 << 20;

/** A line that is worth a look; the others are only counted. */
export interface Line {
  readonly kind: "wanted" | "broken" | "tooLong";
  /** The first byte of the line in the file. */
  readonly at: number;
  /** The first byte behind its newline. */
  readonly end: number;
  /** What it says; nothing unless it is wanted. */
  readonly text: string;
}

/**
 * Reads the lines of a file of JSON lines that are complete, a chunk at a time, so that no file is ever held as a whole. The last line, without a
 * newline, is still being written.
 */
export class LineReader {
  readonly #mostBytes: number;
  #buffer = Buffer.allocUnsafe(firstBytes);

  /** @param mostBytes a line with more is told as too long, and not kept */
  constructor(mostBytes = 16 << 20) {
    this.#mostBytes = mostBytes;
  }

  /**
   * @param from a byte that begins a line
   * @param needles a line that holds any of them is wanted; every line when absent
   * @returns wanted lines, lines that are no object of JSON, and those that are too long; in the end how far the complete lines reach
   */
  *lines(file: number, from: number, needles?: readonly Buffer[]): Generator<Line, number> {
    let base = from;
    let held = 0;
    // Where the line began that is too long to be held.
    let longSince: number | undefined;
    for (;;) {
      const read = readSync(file, this.#buffer, held, this.#buffer.length - held, base + held);
      if (read === 0) return longSince ?? base;
      const chunk = this.#buffer.subarray(0, held + read);
      let start = 0;
      if (longSince !== undefined) {
        const end = chunk.indexOf(newline);
        start = end === -1 ? chunk.length : end + 1;
        if (end !== -1) {
          yield { kind: "tooLong", at: longSince, end: base + start, text: "" };
          longSince = undefined;
        }
      }
      start = yield* this.#linesIn(chunk, start, base, needles);
      held = chunk.length - start;
      base += start;
      if (held === this.#buffer.length && !this.#grow()) {
        longSince ??= base;
        base += held;
        held = 0;
      } else if (start > 0 && held > 0) this.#buffer.copyWithin(0, start, chunk.length);
    }
  }

  /** @returns where the line begins that has no end yet */
  *#linesIn(chunk: Buffer, from: number, base: number, needles: readonly Buffer[] | undefined): Generator<Line, number> {
    let start = from;
    const found = needles?.map(() => -1);
    for (let end = chunk.indexOf(newline, start); end !== -1; end = chunk.indexOf(newline, start)) {
      needles?.forEach((needle, at) => {
        if (!found || (found[at] ?? 0) >= start) return;
        const next = chunk.indexOf(needle, start);
        found[at] = next === -1 ? Number.POSITIVE_INFINITY : next;
      });
      const last = end > start && chunk[end - 1] === carriageReturn ? end - 1 : end;
      const place = { at: base + start, end: base + end + 1 };
      if (chunk[start] !== openBrace || chunk[last - 1] !== closeBrace) {
        if (last > start) yield { kind: "broken", ...place, text: "" };
      } else if (!found || found.some((next) => next < end)) yield { kind: "wanted", ...place, text: chunk.toString("utf8", start, last) };
      start = end + 1;
    }
    return start;
  }

  #grow(): boolean {
    if (this.#buffer.length >= this.#mostBytes) return false;
    const larger = Buffer.allocUnsafe(Math.min(this.#buffer.length * 2, this.#mostBytes));
    this.#buffer.copy(larger);
    this.#buffer = larger;
    return true;
  }
}

/** @returns the number of the line, from 1 on, that begins at a byte of a file */
export function lineNumberAt(file: number, at: number): number {
  const buffer = Buffer.allocUnsafe(firstBytes);
  let line = 1;
  for (let from = 0; from < at; ) {
    const read = readSync(file, buffer, 0, Math.min(buffer.length, at - from), from);
    if (read === 0) break;
    const chunk = buffer.subarray(0, read);
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, end + 1)) line += 1;
    from += read;
  }
  return line;
}
