import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globProblem, matchesGlob } from "../../../src/pipeline/policy/glob.ts";

describe("a pattern", () => {
  it.each([
    ["main", "main", true],
    ["main", "main2", false],
    ["release/*", "release/1.2", true],
    ["release/*", "release/", true],
    ["release/*", "release/1/2", false],
    ["release/**", "release/1/2", true],
    ["src/**/x.rs", "src/x.rs", true],
    ["src/**/x.rs", "src/a/b/x.rs", true],
    ["src/**/x.rs", "src/ax.rs", false],
    ["**/x.rs", "x.rs", true],
    ["*.md", "docs/a.md", false],
    ["**.md", "docs/a.md", true],
    ["v?.?", "v1.2", true],
    ["v?", "v/", false],
    ["a.c", "abc", false],
    ["é*", "école", true],
    ["*", "", true],
  ])("%s and %s: %s", (pattern, text, isMatch) => {
    expect(matchesGlob(pattern, text)).toBe(isMatch);
  });

  it("fits itself where it has no stars", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[*?]/.test(text)),
        (text) => matchesGlob(text, text),
      ),
    );
  });

  it("is tried against hostile text in one pass", () => {
    expect(matchesGlob("*a".repeat(90), `${"a".repeat(1_000)}b`)).toBe(false);
  });

  it.each(["", "a***b", "{a,b}", "[ab]", "!main", "a\\*", "x".repeat(201)])("%j is refused", (pattern) => {
    expect(globProblem(pattern)).toBeDefined();
  });
});
