import { clipped } from "./clipped.ts";
import { matchError, toToolLine } from "./match-error.ts";
import { isStatus, isWarning } from "./status-line.ts";
import { withoutControls } from "./to-plain-line.ts";

export interface Summary {
  /** Lines as they were, each behind its number, in their order; what was left out between them is counted. */
  readonly text: string;
  readonly lines: number;
}

type Kind = "cause" | "hint" | "end" | "status" | "warning";

/** What is kept, the most important first, and which share of the room is its; what it leaves is for those behind it, in the end for the last lines. */
const shares = { first: 0.1, cause: 0.3, status: 0.15, hint: 0.1, warning: 0.1, end: 0, last: 0.25 } as const;
const mostFirst = 10;
/** More than any summary has room for: behind so many errors none is looked for. */
const mostCauses = 200;
/** A compiler shows the place below its error. */
const linesAfterCause = 4;
const longestLine = 300;
/** No line says what it is about only behind that. */
const looksAt = 8_192;
const numberBytes = 10;
const leftOutBytes = 30;

/**
 * Picks the lines that say how it went: the first and the last ones, errors, results and warnings. Of what was printed nothing else is said, so that it
 * stays what it is, whatever it asks its reader to do.
 *
 * @param firstNumber the number of the text's first line, where it is the end of a longer one
 */
export function sumUp(text: string, mostBytes: number, firstNumber = 1): Summary {
  const all = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  const found = kindsIn(all);
  const width = Math.max(longestLine, Math.floor(mostBytes / 2 / all.length));
  const lineAt = (index: number) => clipped(withoutControls((all[index] ?? "").slice(0, 4 * width)), width);
  const candidates: Readonly<Record<keyof typeof shares, Iterable<number>>> = {
    first: all.keys().take(mostFirst),
    cause: differing(found.cause, all).flatMap((index) => Array.from({ length: linesAfterCause + 1 }, (_, after) => index + after)),
    status: found.status.toReversed(),
    hint: differing(found.hint, all),
    warning: differing(found.warning, all),
    end: found.end,
    last: all.keys().map((index) => all.length - 1 - index),
  };

  const kept = new Set<number>();
  let room = 0;
  for (const [part, share] of Object.entries(shares)) {
    room += mostBytes * share;
    for (const index of candidates[part as keyof typeof shares]) {
      if (kept.has(index) || (all[index]?.trim() ?? "") === "") continue;
      const isAlone = !kept.has(index - 1) && !kept.has(index + 1);
      const size = Buffer.byteLength(lineAt(index)) + numberBytes + (isAlone ? leftOutBytes : 0);
      if (size > room) break;
      room -= size;
      kept.add(index);
    }
  }
  return {
    text: inOrder(
      [...kept].toSorted((a, b) => a - b),
      all,
      lineAt,
      firstNumber,
    ),
    lines: all.length,
  };
}

function kindsIn(all: readonly string[]): Readonly<Record<Kind, number[]>> {
  const found: Record<Kind, number[]> = { cause: [], hint: [], end: [], status: [], warning: [] };
  let previous = "";
  for (const [index, raw] of all.entries()) {
    if (raw === "") continue;
    const line = toToolLine(withoutControls(raw.slice(0, looksAt)));
    const kind = isStatus(line) ? "status" : kindOf(line, previous, found.cause.length < mostCauses);
    if (kind) found[kind].push(index);
    previous = line;
  }
  return found;
}

function kindOf(line: string, previous: string, mayBeError: boolean): Kind | undefined {
  return (mayBeError ? matchError(line, previous)?.strength : undefined) ?? (isWarning(line) ? "warning" : undefined);
}

/** A compiler says the same for each file that it reads. */
function differing(indices: readonly number[], all: readonly string[]): readonly number[] {
  const byText = new Map(indices.toReversed().map((index) => [all[index]?.slice(0, looksAt), index]));
  return [...byText.values()].toSorted((a, b) => a - b);
}

function inOrder(kept: readonly number[], all: readonly string[], lineAt: (index: number) => string, firstNumber: number): string {
  const shown: string[] = [];
  let next = 0;
  for (const index of [...kept, all.length]) {
    const leftOut = all.slice(next, index).filter((line) => line.trim() !== "").length;
    if (leftOut > 0) shown.push(`[${leftOut} ${leftOut === 1 ? "line" : "lines"} left out]`);
    if (index < all.length) shown.push(`${firstNumber + index}: ${lineAt(index)}`);
    next = index + 1;
  }
  return shown.join("\n");
}
