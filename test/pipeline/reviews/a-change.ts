import { structuredPatch } from "diff";
import type { ChangedFile } from "../../../src/pipeline/changes.ts";
import type { SaidFinding } from "../../../src/pipeline/reviews/review.ts";

/** The patch of one text turned into another, as GitHub gives it: hunks without the heads of files. */
export function patchOf(before: string, after: string): string {
  return structuredPatch("a", "b", before, after, "", "", { context: 3 })
    .hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [`@@ -${startOf(oldStart, oldLines)},${oldLines} +${startOf(newStart, newLines)},${newLines} @@`, ...lines].join("\n"),
    )
    .join("\n");
}

/** Git names the line before where there are none; the library names the one after in some releases. */
const startOf = (start: number, count: number): number => (count === 0 && start === 1 ? 0 : start);

/** A file turned from one text into another. */
export function aFile(path: string, before: string, after: string, changes: Partial<ChangedFile> = {}): ChangedFile {
  const patch = patchOf(before, after);
  const count = (sign: string) => patch.split("\n").filter((line) => line.startsWith(sign)).length;
  return { path, status: before === "" ? "added" : "modified", patch, additions: count("+"), deletions: count("-"), ...changes };
}

export const numbered = (count: number, word = "line"): string =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}\n`).join("");

export const aSaid = (changes: Partial<SaidFinding> = {}): SaidFinding => ({
  severity: "high",
  path: "src/pay.ts",
  line: 2,
  endLine: null,
  title: "The promise is not awaited",
  reason: "The error is lost.",
  suggestion: null,
  ...changes,
});

/** A payment that is made twice as large, in a file where it stands on line 3. */
export const pay = {
  before: "export async function pay(cents: number) {\n  check(cents);\n  await send(cents);\n  return true;\n}\n",
  after: "export async function pay(cents: number) {\n  check(cents);\n  send(cents * 2);\n  return true;\n}\n",
};

/** Tokens as they are guessed in tests: four characters each. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);
