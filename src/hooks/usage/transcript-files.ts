import { closeSync, constants, fstatSync, openSync, readdirSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

/** Why a transcript cannot be read: a half-sentence. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

const mostSubagents = 1_000;

/** The session's own transcript, and behind it those of its sub-agents, which lie in a folder beside it. */
export function transcriptFiles(transcript: string): readonly string[] {
  const folder = join(dirname(transcript), basename(transcript, ".jsonl"), "subagents");
  return [transcript, ...namesIn(folder).map((name) => join(folder, name))];
}

function namesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => name.endsWith(".jsonl"))
      .toSorted()
      .slice(0, mostSubagents);
  } catch {
    return [];
  }
}

/**
 * Opens a transcript to read it. The path comes from outside: a pipe would make us wait for ever, and a link could lead anywhere.
 *
 * @throws Unreadable
 */
export function openTranscript(path: string): number {
  if (!isAbsolute(path) || !path.endsWith(".jsonl")) throw new Unreadable("it is no file of JSON lines (*.jsonl)");
  const file = tryToOpen(path);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new Unreadable("it is no file");
}

function tryToOpen(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Unreadable(reasons[code] ?? `it cannot be opened (${code})`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it is not there",
  ENOTDIR: "it is not there",
  EACCES: "it may not be read by this account",
  EPERM: "it may not be read by this account",
  ELOOP: "it is a link",
};
