import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesAt, readPatch, rightSideOf } from "../../../src/pipeline/reviews/patch.ts";
import { numbered, patchOf, pay } from "./a-change.ts";

const hostileLine = fc.oneof(
  fc.constantFrom(
    "@@ -1 +1 @@",
    "@@ -1,2 +1,2 @@ fn",
    "@@ -0,0 +1 @@",
    "+a",
    "-b",
    " c",
    "",
    "\\ No newline at end of file",
    "--- a",
    "+++ b",
  ),
  fc.string({ unit: "binary", maxLength: 10 }),
);

describe("reading a patch", () => {
  it("numbers what stays, what is new and what is gone", () => {
    expect(readPatch("@@ -3,3 +3,4 @@ fn main() {\n a\n-b\n+B\n+C\n c\n\\ No newline at end of file")).toEqual([
      {
        heading: "fn main() {",
        lines: [
          { kind: "context", text: "a", oldLine: 3, newLine: 3 },
          { kind: "removed", text: "b", oldLine: 4 },
          { kind: "added", text: "B", newLine: 4 },
          { kind: "added", text: "C", newLine: 5 },
          { kind: "context", text: "c", oldLine: 5, newLine: 6 },
        ],
      },
    ]);
  });

  it.each([
    ["one line each", "@@ -1 +1 @@\n-a\n+b", 1],
    ["a new file", "@@ -0,0 +1,2 @@\n+a\n+b", 1],
    ["a file that is emptied", "@@ -1,2 +0,0 @@\n-a\n-b", 1],
    ["lines that look like heads of files and hunks", "@@ -1,2 +1,2 @@\n--- a/x\n-@@ -1 +1 @@\n+++ b/x\n+@@ -9 +9 @@", 1],
    ["a blank context line that lost its blank", "@@ -1,3 +1,3 @@\n a\n\n-b\n+c", 1],
    ["no newline before and after", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file", 1],
    ["two hunks", "@@ -1 +1 @@\n-a\n+b\n@@ -10 +10 @@\n-a\n+b", 2],
  ])("understands %s", (_, patch, hunks) => {
    expect(readPatch(patch)).toHaveLength(hunks);
  });

  it.each([
    ["nothing", ""],
    ["words", "Binary files differ"],
    ["a hunk that ends early", "@@ -1,2 +1,2 @@\n a"],
    ["more lines than the head says", "@@ -1 +1 @@\n-a\n+b\n+c"],
    ["a line without a sign", "@@ -1,2 +1,2 @@\n a\nb"],
    ["a merge's diff", "@@@ -1,1 -1,1 +1,1 @@@\n- a"],
    ["numbers no file has", "@@ -1,1 +999999999999,1 @@\n-a\n+b"],
    ["a hunk that goes back", "@@ -10 +10 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b"],
    ["a note before any hunk", "\\ No newline at end of file"],
    ["a line zero", "@@ -0 +0 @@\n-a\n+b"],
  ])("gives up at %s", (_, patch) => {
    expect(readPatch(patch)).toBeUndefined();
  });

  it("gives back both files, whatever they hold", () => {
    const file = fc.array(
      fc.string({ maxLength: 4 }).map((line) => line.replaceAll(/[\r\n]/g, "-")),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(file, file, (before, after) => {
        fc.pre(before.join("\n") !== after.join("\n"));
        const hunks = readPatch(patchOf(`${before.join("\n")}\n`, `${after.join("\n")}\n`)) ?? [];
        const lines = hunks.flatMap((hunk) => hunk.lines);

        expect(lines.length).toBeGreaterThan(0);
        for (const { newLine, oldLine, text } of lines) {
          if (newLine !== undefined) expect(text).toBe(after[newLine - 1] ?? "");
          if (oldLine !== undefined) expect(text).toBe(before[oldLine - 1] ?? "");
        }
      }),
      { numRuns: 100 },
    );
  });

  it("never throws, and never numbers a line of the new file twice", () => {
    fc.assert(
      fc.property(fc.array(hostileLine, { maxLength: 12 }), (lines) => {
        const numbers = (readPatch(lines.join("\n")) ?? []).flatMap((hunk) => hunk.lines.flatMap(({ newLine }) => newLine ?? []));

        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it("reads a patch of a hundred thousand lines", () => {
    const patch = `@@ -0,0 +1,100000 @@\n${"+x\n".repeat(100_000)}`;

    expect(readPatch(patch)?.[0]?.lines).toHaveLength(100_000);
  });
});

describe("lines that can be commented on", () => {
  const far = rightSideOf(readPatch(patchOf(numbered(60), numbered(60).replace("line 5\n", "LINE 5\n").replace("line 50\n", ""))) ?? []);
  const near = rightSideOf(readPatch(patchOf(pay.before, pay.after)) ?? []);

  it.each([
    ["an added line", 5, 5, ["LINE 5"]],
    ["a line that stays, with the added one", 4, 5, ["line 4", "LINE 5"]],
    ["a line beside what was removed", 49, 50, ["line 49", "line 51"]],
    ["a line outside the hunks", 20, 20, undefined],
    ["a range that leaves its hunk", 8, 9, undefined],
    ["a range from one hunk into another", 8, 47, undefined],
    ["a line before the first", 0, 1, undefined],
    ["a range that goes back", 5, 4, undefined],
    ["no number", Number.NaN, Number.NaN, undefined],
  ])("are told: %s", (_, from, to, lines) => {
    expect(linesAt(far, from, to)).toEqual(lines);
  });

  it("are those of the new file", () => {
    expect(linesAt(near, 3, 3)).toEqual(["  send(cents * 2);"]);
  });
});
