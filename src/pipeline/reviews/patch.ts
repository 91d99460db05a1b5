export interface PatchLine {
  readonly kind: "added" | "removed" | "context";
  readonly text: string;
  /** Absent for what was added. */
  readonly oldLine?: number;
  /** Absent for what was removed. */
  readonly newLine?: number;
}

/** Lines of a file that follow on one another, with some before and after. */
export interface Hunk {
  /** What git thinks that it belongs to, as a function's head; often empty. */
  readonly heading: string;
  readonly lines: readonly PatchLine[];
}

const head = /^@@ -(\d{1,8})(?:,(\d{1,8}))? \+(\d{1,8})(?:,(\d{1,8}))? @@(?: (.*))?$/s;

interface Open {
  readonly hunk: { heading: string; lines: PatchLine[] };
  oldLine: number;
  newLine: number;
  oldLeft: number;
  newLeft: number;
}

/**
 * The hunks of a unified diff as GitHub gives it, without the heads of files. Each hunk's own count says where it ends, so that no line of
 * a file can pass for the head of another hunk.
 *
 * @returns undefined where anything in it cannot be understood: its numbers would be guesses
 */
export function readPatch(patch: string): readonly Hunk[] | undefined {
  const hunks: Hunk[] = [];
  let open: Open | undefined;
  let [oldEnd, newEnd] = [0, 0];
  for (const line of patch.replace(/\n$/, "").split("\n")) {
    if (line.startsWith("\\") && open) continue;
    if (open && open.oldLeft + open.newLeft > 0) {
      if (!take(line, open)) return undefined;
      [oldEnd, newEnd] = [open.oldLine, open.newLine];
      continue;
    }
    open = openedBy(line);
    // Hunks go down the file: one that goes back would number lines twice.
    if (!open || open.oldLine < oldEnd || open.newLine < newEnd) return undefined;
    hunks.push(open.hunk);
  }
  return open && open.oldLeft + open.newLeft > 0 ? undefined : hunks;
}

function openedBy(line: string): Open | undefined {
  const [whole, oldStart, oldCount = "1", newStart, newCount = "1", heading = ""] = head.exec(line) ?? [];
  if (whole === undefined) return undefined;
  const [oldLeft, newLeft] = [Number(oldCount), Number(newCount)];
  // Where there are none, git names the line before.
  const oldLine = Number(oldStart) + (oldLeft === 0 ? 1 : 0);
  const newLine = Number(newStart) + (newLeft === 0 ? 1 : 0);
  if (oldLine === 0 || newLine === 0 || oldLeft + newLeft === 0) return undefined;
  return { hunk: { heading, lines: [] }, oldLine, newLine, oldLeft, newLeft };
}

/** False where the line does not belong here. */
function take(line: string, open: Open): boolean {
  const text = line.slice(1);
  const isOld = line[0] !== "+";
  const isNew = line[0] !== "-";
  // Some tools take the blank away from a context line that is empty.
  if (isOld && isNew && line !== "" && line[0] !== " ") return false;
  if ((isOld && open.oldLeft === 0) || (isNew && open.newLeft === 0)) return false;
  const kind = !isOld ? "added" : !isNew ? "removed" : "context";
  open.hunk.lines.push({ kind, text, ...(isOld && { oldLine: open.oldLine++ }), ...(isNew && { newLine: open.newLine++ }) });
  if (isOld) open.oldLeft--;
  if (isNew) open.newLeft--;
  return true;
}

/** The lines of the new file that stand in a diff, by their number: on these GitHub takes comments. */
export type RightSide = ReadonlyMap<number, { readonly hunk: number; readonly text: string }>;

export const rightSideOf = (hunks: readonly Hunk[]): RightSide =>
  new Map(
    hunks.flatMap(({ lines }, hunk) => lines.flatMap(({ newLine, text }) => (newLine === undefined ? [] : [[newLine, { hunk, text }]]))),
  );

/** What stands on these lines of the new file where one hunk holds them all; elsewhere GitHub takes no comment, and it is undefined. */
export function linesAt(side: RightSide, from: number, to: number): readonly string[] | undefined {
  const first = side.get(from);
  // Lines of a hunk have no gaps between them.
  if (!first || !(to >= from) || side.get(to)?.hunk !== first.hunk) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => side.get(from + index)?.text ?? "");
}
