import { plainLine, withUnseenWritten } from "../ai/plain-text.ts";
import type { ChangedFile } from "../changes.ts";
import { clipped } from "../logs/clipped.ts";
import { mask, maskLines } from "../logs/mask.ts";
import type { Hunk, PatchLine } from "./patch.ts";

const longestLine = 1_000;
const longestPath = 500;
/** More removed lines in a row say no more about what is there now. */
const mostRemoved = 20;

/** Makes hunks fit to be shown: secrets masked, each line on its own so that numbers stay, what is invisible written out, long lines cut. */
export function fitToShow(hunks: readonly Hunk[], forms: readonly string[]): readonly Hunk[] {
  return hunks.map(({ heading, lines }) => {
    // A key's lines follow on one another on their own side only; what git puts in the heading may be its first one.
    const now = masked(
      heading,
      lines.filter(({ kind }) => kind !== "removed"),
      forms,
    );
    const hasRemoved = lines.some(({ kind }) => kind === "removed");
    const before = hasRemoved
      ? masked(
          heading,
          lines.filter(({ kind }) => kind !== "added"),
          forms,
        )
      : now;
    const textOf = (line: PatchLine): string => {
      const kept = now.get(line);
      return (kept === undefined || kept === line.text ? before.get(line) : kept) ?? kept ?? "";
    };
    return {
      heading: heading === "" ? "" : shown(maskLines([heading], forms)[0] ?? ""),
      lines: lines.map((line) => ({ ...line, text: shown(textOf(line)) })),
    };
  });
}

function masked(heading: string, lines: readonly PatchLine[], forms: readonly string[]): ReadonlyMap<PatchLine, string> {
  const [, ...texts] = maskLines([heading, ...lines.map(({ text }) => text)], forms);
  return new Map(lines.map((line, index) => [line, texts[index] ?? ""]));
}

const shown = (text: string): string => clipped(withUnseenWritten(clipped(text.replace(/\r$/, ""), longestLine)), longestLine);

/**
 * A file as the prompt of a review has it: what happened to it, then its hunks, each line with its number in the new file and `+`, `-` or
 * a blank before what stands there.
 *
 * @param hunks as `fitToShow` gives them; all of the file's, or those of one part
 */
export function renderFile(
  { path, previousPath, status }: Pick<ChangedFile, "path" | "previousPath" | "status">,
  hunks: readonly Hunk[],
): string {
  const from = previousPath === undefined ? "" : `, before ${shownPath(previousPath)}`;
  return [`File: ${shownPath(path)} (${status}${from})`, ...hunks.flatMap(renderHunk)].join("\n");
}

/** A name that looks like the beginning of a private key would have all masked that follows it. */
const shownPath = (path: string): string => mask(plainLine(path, longestPath), []);

function renderHunk({ heading, lines }: Hunk): readonly string[] {
  const width = Math.max(...lines.map(({ newLine = 0 }) => String(newLine).length), 1);
  return [`@@${heading === "" ? "" : ` ${heading}`}`, ...runsOf(lines).flatMap((run) => renderRun(run, width))];
}

/** Removed lines that follow on one another, and each other line alone. */
function runsOf(lines: readonly PatchLine[]): readonly (readonly PatchLine[])[] {
  const runs: PatchLine[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (line.kind === "removed" && last?.[0]?.kind === "removed") last.push(line);
    else runs.push([line]);
  }
  return runs;
}

function renderRun(run: readonly PatchLine[], width: number): readonly string[] {
  const left = run.length - mostRemoved;
  const shownLines = left > 1 ? run.slice(0, mostRemoved) : run;
  const rest = left > 1 ? [`${" ".repeat(width)} - (${left} more lines were removed here)`] : [];
  return [...shownLines.map((line) => renderLine(line, width)), ...rest];
}

const signs = { added: "+", removed: "-", context: " " } as const;

const renderLine = ({ kind, text, newLine }: PatchLine, width: number): string =>
  `${String(newLine ?? "").padStart(width)} ${signs[kind]} ${text}`;
