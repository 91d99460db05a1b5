/** The lines that a hunk shows of the new file, and how many. */
const hunkHead = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm;

/** Whether GitHub takes a comment there: it must stand in one hunk, with its first line and its last. */
export function canCommentOn(patch: string, { line, startLine = line }: { readonly line: number; readonly startLine?: number }): boolean {
  return [...patch.matchAll(hunkHead)].some(([, start, length = "1"]) => {
    const first = Number(start);
    return first <= Math.min(startLine, line) && line < first + Number(length);
  });
}
