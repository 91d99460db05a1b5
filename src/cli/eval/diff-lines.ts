export interface DiffLine {
  readonly kind: "added" | "removed" | "context";
  readonly text: string;
  /** In the file as the change leaves it; absent for what was removed. */
  readonly number?: number;
}

const head = /^@@ -(\d{1,7}),(\d{1,7}) \+(\d{1,7}),(\d{1,7}) @@/;
const kinds = { "+": "added", "-": "removed", " ": "context" } as const;

/** The lines of a case's diff. Throws an Error where the head of a hunk counts wrongly: line numbers would be guesses. */
export function diffLines(patch: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let [number, oldLeft, newLeft] = [0, 0, 0];
  for (const text of patch.replace(/\n$/, "").split("\n")) {
    const hunk = head.exec(text);
    if (hunk && oldLeft === 0 && newLeft === 0) {
      [oldLeft, number, newLeft] = [Number(hunk[2]), Number(hunk[3]), Number(hunk[4])];
      continue;
    }
    const kind = kinds[text[0] as keyof typeof kinds];
    if (!kind) throw new Error(`“${text}” is no line of a diff.`);
    if (kind !== "added") oldLeft -= 1;
    if (kind !== "removed") newLeft -= 1;
    if (oldLeft < 0 || newLeft < 0) throw new Error(`“${text}” stands behind the end of its hunk.`);
    lines.push({ kind, text: text.slice(1), ...(kind !== "removed" && { number: number++ }) });
  }
  if (oldLeft !== 0 || newLeft !== 0) throw new Error("The last hunk ends too early.");
  return lines;
}
