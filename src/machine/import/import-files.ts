import { type BigIntStats, closeSync, fstatSync, openSync, statSync } from "node:fs";
import type { FileMark } from "../../pipeline/usage/import/destination.ts";
import type { Told } from "../../pipeline/usage/import/told.ts";
import type { Batch } from "./batch.ts";
import { fingerprintOf, isContinued, seenAs } from "./file-mark.ts";
import { type Line, LineReader, lineNumberAt } from "./line-reader.ts";
import type { Tally } from "./tally.ts";

/** A file that is new or has changed. */
export interface Changed {
  readonly path: string;
  readonly size: number;
  /** How far it was read before. */
  readonly mark?: FileMark;
}

export interface Reading {
  /** What a line tells of. */
  readonly unit: Tally["unit"];
  /** A line that holds any of them is wanted; every line when absent. */
  readonly needles?: readonly Buffer[];
  /** Whether what was read before is left out; else the whole file is read whenever it has changed. */
  readonly isAppended: boolean;
  /** For the lines of one file, in their order. */
  parserOf(path: string): (line: string) => Told;
  /** Called for each file that is done with. */
  onProgress(file: Changed): void;
}

/** Which of the files are worth opening. */
export function changedSince(marks: ReadonlyMap<string, FileMark>, paths: readonly string[], tally: Tally): readonly Changed[] {
  const changed: Changed[] = [];
  for (const path of paths) {
    try {
      const stats = statSync(path, { bigint: true });
      const mark = marks.get(path);
      // A pipe would make us wait for ever.
      if (!stats.isFile()) tally.unreadable.push(`${path} (no file)`);
      else if (mark?.seen !== seenAs(stats)) changed.push({ path, size: Number(stats.size), ...(mark && { mark }) });
    } catch (error) {
      tally.unreadable.push(unreadable(path, error));
    }
  }
  tally.files = paths.length;
  tally.filesRead = changed.length;
  return changed;
}

/** Reads files one after the other; one that cannot be read is told of and holds up no other. */
export async function importFiles(files: readonly Changed[], reading: Reading, batch: Batch, tally: Tally): Promise<void> {
  const reader = new LineReader();
  for (const changed of files) {
    const { path, mark } = changed;
    const file = tryTo(() => openSync(path, "r"), path, tally);
    if (file === undefined) continue;
    try {
      await importFile({ path, file, mark, stats: fstatSync(file, { bigint: true }) }, { ...reading, reader }, batch, tally);
    } finally {
      closeSync(file);
    }
    reading.onProgress(changed);
  }
  await batch.flush();
}

interface Opened {
  readonly path: string;
  readonly file: number;
  readonly mark: FileMark | undefined;
  readonly stats: BigIntStats;
}

async function importFile(
  { path, file, mark, stats }: Opened,
  { reader, needles, isAppended, parserOf }: Reading & { readonly reader: LineReader },
  batch: Batch,
  tally: Tally,
): Promise<void> {
  const parse = parserOf(path);
  const from = isAppended && mark && isContinued(file, mark, stats) ? mark.position : 0;
  const markAt = (position: number, seen: string) => batch.mark({ path, position, fingerprint: fingerprintOf(file, position), seen });
  const lines = reader.lines(file, from, needles);
  for (;;) {
    const next = tryTo(() => lines.next(), path, tally);
    if (next === undefined) return;
    if (next.done) {
      markAt(next.value, seenAs(stats));
      break;
    }
    const problem = take(next.value, parse, batch, tally);
    if (problem !== undefined) tally.firstBroken ??= `${path}:${lineNumberAt(file, next.value.at)}: ${problem}`;
    if (!batch.isFull) continue;
    // What follows in the file is not told yet.
    markAt(next.value.end, "unfinished");
    await batch.flush();
  }
  if (batch.isFull) await batch.flush();
}

/** @returns what is wrong with the line, if anything is */
function take(line: Line, parse: (line: string) => Told, batch: Batch, tally: Tally): string | undefined {
  if (line.kind === "tooLong") {
    tally.tooLongLines += 1;
    return "it is longer than any request";
  }
  const told = line.kind === "broken" ? { problem: "it is no JSON object" } : parse(line.text);
  if (told === "lost") tally.lostSessions += 1;
  if (typeof told === "string") return undefined;
  if ("usage" in told) {
    batch.add(told.usage);
    return undefined;
  }
  tally.brokenLines += 1;
  return told.problem;
}

function tryTo<T>(action: () => T, path: string, tally: Tally): T | undefined {
  try {
    return action();
  } catch (error) {
    tally.unreadable.push(unreadable(path, error));
    return undefined;
  }
}

const unreadable = (path: string, error: unknown): string => `${path} (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
