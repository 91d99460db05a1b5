import { structuredPatch } from "diff";

/** What of a file's difference GitHub tells. */
export interface FileDiff {
  readonly additions: number;
  readonly deletions: number;
  /** Absent for what is binary or too large. */
  readonly patch?: string;
  /** The lines of the new file that stand in it, in ranges from its first to its last. */
  readonly shown: readonly (readonly [first: number, last: number])[];
}

// https://docs.github.com/repositories/creating-and-managing-repositories/repository-limits
const mostLines = 20_000;
const longestPatch = 500_000;
const giveUpAfterMs = 2_000;
const none: FileDiff = { additions: 0, deletions: 0, shown: [] };

export function diffOf(before: Buffer, after: Buffer): FileDiff {
  // As git tells them apart.
  if ([before, after].some((bytes) => bytes.subarray(0, 8_000).includes(0))) return none;
  const [was, is] = [before.toString(), after.toString()];
  const found = structuredPatch("", "", was, is, "", "", { context: 3, timeout: giveUpAfterMs });
  if (!found) return { ...none, additions: linesIn(is), deletions: linesIn(was) };

  const { hunks } = found;
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const counts = {
    additions: lines.filter((line) => line.startsWith("+")).length,
    deletions: lines.filter((line) => line.startsWith("-")).length,
  };
  const patch = hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines: own }) =>
      [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...own].join("\n"),
    )
    .join("\n");
  if (lines.length > mostLines || patch.length > longestPatch) return { ...none, ...counts };
  const shown = hunks.flatMap(({ newStart, newLines }) => (newLines === 0 ? [] : [[newStart, newStart + newLines - 1] as const]));
  return { ...counts, patch, shown };
}

/** git leaves out a length of 1, and of nothing it names the line before. */
function range(start: number, length: number): string {
  if (length === 0) return `${start - 1},0`;
  return length === 1 ? String(start) : `${start},${length}`;
}

const linesIn = (text: string): number => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
