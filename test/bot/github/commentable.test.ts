import { describe, expect, it } from "vitest";
import { canCommentOn } from "../../../src/bot/github/commentable.ts";

const patch = ["@@ -2,3 +2,4 @@ fn a() {", " a", "+@@ -90,9 +90,9 @@", " b", " c", "@@ -20 +21,2 @@", "-x", "+y", "+z"].join("\n");

describe("where GitHub takes comments", () => {
  it.each([
    [{ line: 1 }, false],
    [{ line: 2 }, true],
    [{ line: 5 }, true],
    [{ line: 6 }, false],
    [{ line: 21 }, true],
    [{ line: 22 }, true],
    [{ line: 23 }, false],
    [{ line: 91 }, false],
    [{ line: 5, startLine: 2 }, true],
    [{ line: 5, startLine: 1 }, false],
    [{ line: 21, startLine: 5 }, false],
  ])("%o: %s", (place, expected) => {
    expect(canCommentOn(patch, place)).toBe(expected);
  });

  it("is the one line of a new file, and nothing of one that is gone or was never shown", () => {
    expect(canCommentOn("@@ -0,0 +1 @@\n+a", { line: 1 })).toBe(true);
    expect(canCommentOn("@@ -1 +0,0 @@\n-a", { line: 0 })).toBe(false);
    expect(canCommentOn("", { line: 1 })).toBe(false);
  });
});
