import { readFileSync } from "node:fs";
import { parseFile } from "../../config/parse-file.ts";
import { UserError } from "../../errors.ts";
import { ClaudeSettingsFile } from "./claude-settings.ts";
import type { ClaudeSettings } from "./merge.ts";

/** A settings file of Claude Code. */
export interface SettingsFile {
  readonly path: string;
  /** undefined where there is none. */
  readonly text: string | undefined;
  readonly settings: ClaudeSettings;
  /** Sentences with line and column; Claude Code heeds nothing of such a file. */
  readonly problems: readonly string[];
}

/** @param shown what it is called for people */
export function readSettingsFile(path: string, shown: string): SettingsFile {
  const text = textOf(path);
  if (text === undefined) return { path, text, settings: {}, problems: [] };
  const broken = jsonMistake(text);
  if (broken !== undefined) return { path, text, settings: {}, problems: [`${shown}:${broken}`] };
  const read = parseFile(shown, text.replace(byteOrderMark, ""), ClaudeSettingsFile);
  if ("problems" in read) return { path, text, settings: {}, problems: read.problems };
  // What the schema keeps is what stood there, in its order.
  return { path, text, settings: JSON.parse(text.replace(byteOrderMark, "")) as ClaudeSettings, problems: [] };
}

export const byteOrderMark = /^\uFEFF/;

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UserError("not_applicable", "unreadable", `${path} cannot be read: ${message}`);
  }
}

/** @returns `12:5: …`; undefined where it is JSON */
function jsonMistake(text: string): string | undefined {
  try {
    JSON.parse(text.replace(byteOrderMark, ""));
    return undefined;
  } catch (error) {
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec((error as Error).message) ?? [];
    const lines = text.split("\n");
    const place = line === undefined ? `${lines.length}:${(lines.at(-1) ?? "").length + 1}` : `${line}:${column}`;
    return `${place}: This is no JSON. Comments, and commas behind the last entry, have no place in it.`;
  }
}
