import { closeSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { ShellCommand } from "../command.ts";
import type { GitCall } from "../git.ts";
import { printedBy } from "../output.ts";
import type { Piece, ShellWord } from "../word.ts";
import { commitOptionsOf } from "./options.ts";

/** Stands for what is not known of a message: no message has it. */
export const unknownPart = "\uFFFC";

const longestMessage = 65_536;

/** @returns the message that a commit would have; undefined where it is another commit's, is written in an editor or is not known */
export function messageOf(call: GitCall, command: ShellCommand, before: readonly ShellCommand[]): string | undefined {
  const { messages, file, isTaken, isEdited, cleanup } = commitOptionsOf(call.words);
  if (isTaken || (messages.length === 0 && !file)) return undefined;
  const message =
    messages.length > 0 ? messages.map(({ pieces }) => shown(pieces)).join("\n\n") : file && contentOf(file.value, call, command, before);
  return message === undefined ? undefined : cleaned(message.replaceAll("\r\n", "\n"), cleanup ?? (isEdited ? "strip" : "whitespace"));
}

const shown = (pieces: readonly Piece[]): string => pieces.map((piece) => (piece.kind === "unknown" ? unknownPart : piece.text)).join("");

function contentOf(
  name: string | undefined,
  { folder }: GitCall,
  { input }: ShellCommand,
  before: readonly ShellCommand[],
): string | undefined {
  if (name === "-" || name === "/dev/stdin") return input && shown(input.pieces);
  if (name === undefined || (folder === undefined && !name.startsWith("/"))) return undefined;
  const path = resolve(folder ?? "/", name);
  // What the text itself writes before is not there yet.
  const writer = before.findLast((each) => names(each, path));
  if (!writer) return readStart(path);
  const isSaid =
    writer.redirects.length === 1 && writer.redirects[0]?.operator === ">" && resolveIn(writer, writer.redirects[0].target) === path;
  const printed = isSaid ? printedBy(writer) : undefined;
  return printed && shown(printed);
}

const names = (command: ShellCommand, path: string): boolean =>
  [...command.redirects.map(({ target }) => target), ...command.words].some((word) => resolveIn(command, word) === path);

const resolveIn = ({ folder }: ShellCommand, { value }: ShellWord): string | undefined =>
  value === undefined ? undefined : resolve(folder ?? "/", value);

/** Only of a file: a pipe would keep us waiting. */
function readStart(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(longestMessage);
      return bytes.toString("utf8", 0, readSync(file, bytes, 0, longestMessage, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** As git does it. https://git-scm.com/docs/git-commit#Documentation/git-commit.txt---cleanupmode */
function cleaned(message: string, mode: string): string {
  if (mode === "verbatim") return message;
  const cut = mode === "scissors" ? message.replace(/^# -{5,200} >8 -{5,200}$[\s\S]*/m, "") : message;
  const lines = cut.split("\n").filter((line) => !(mode === "strip" && line.startsWith("#")));
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+/, "");
}
