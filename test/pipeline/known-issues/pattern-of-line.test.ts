import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packagedIssues } from "../../../src/config/read-known-issues.ts";
import { patternOfLine } from "../../../src/pipeline/known-issues/pattern-of-line.ts";
import { cpuMsOf } from "../../cpu-time.ts";

const { fits } = packagedIssues();

describe("the pattern of a line", () => {
  it.each([
    ["error[E0308]: mismatched types", "error[E0308]: mismatched types", "error[E0309]: mismatched types"],
    [
      "spin.rs:10: undefined reference to `sync'",
      "spin.rs:217: undefined reference to `sync'",
      "spin.rs:10: undefined reference to `other'",
    ],
    ["took 12.5s at 0xdeadbeef in /work/x/main.rs:12:4", "took 3s at 0x0 in lib/y.rs:1", "took 3s at 0x0 near lib/y.rs:1"],
    ["2026-11-01 10:00:01 ERROR cannot boot", "2027-01-31T23:59:59.123Z ERROR cannot boot", "ERROR boot"],
    ["[10:00:01.123] cannot boot the machine", "[23:59:59] cannot boot the machine", "[late] cannot boot the machine"],
    ["login with *** was refused", "login with hunter2 was refused", "login with hunter2 was taken"],
    ["cannot fetch https://example.com/a?b=1 now", "cannot fetch http://other.test/ now", "cannot fetch it now"],
    ["commit ab12cd3e is not there", "commit 0f00ba4 is not there", "commit main is not there"],
    ["C:\\work\\a.c(12): error C2065: undeclared", "D:\\b.c(7): error C2065: undeclared", "D:\\b.c(7): error C2066: undeclared"],
    ["exit status 101 after 3 tries", "exit status 1 after 20 tries", "exit state 101 after 3 tries"],
  ])("of %j fits also %j, and not %j", (line, like, unlike) => {
    const pattern = patternOfLine(line) ?? "";

    expect([line, like, unlike].map((each) => fits(pattern, each))).toEqual([true, true, false]);
  });

  it.each(["", "   ", "12:00:00", "/a/b/c 12 0xff", "***", "x: 3"])("is none where %j says too little", (line) => {
    expect(patternOfLine(line)).toBeUndefined();
  });

  it("holds for a line that was clipped", () => {
    const line = `error: ${"many words ".repeat(60)}`;

    expect(fits(patternOfLine(`${line.slice(0, 299)}…`) ?? "", line)).toBe(true);
  });

  it("fits the line that it was made of, whatever that holds, and is a pattern of RE2", () => {
    const pieces = fc.constantFrom(
      "error: ",
      "12",
      " ",
      "\t",
      "/a/b.c:1",
      "0xff",
      "***",
      "(",
      "[x]",
      "\\",
      "é",
      "𝒳",
      "https://a.b/c",
      "10:00:01",
      "word",
      "-",
      ".",
      "…",
    );
    const lines = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(lines, (text) => {
        const line = text.replaceAll(/[\r\n]/g, " ");
        const pattern = patternOfLine(line);
        if (pattern !== undefined) expect(fits(pattern, line), pattern).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is quickly made of hostile lines", () => {
    const lines = ["a/", "0.", "ab1", "-", "a:", "a.", "1:", "C:\\"].map((part) => part.repeat(100_000));

    expect(cpuMsOf(() => lines.map((line) => patternOfLine(line)))).toBeLessThan(500);
  });
});
