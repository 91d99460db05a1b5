import { describe, expect, it } from "vitest";
import { toPlainLine } from "../../../src/pipeline/logs/to-plain-line.ts";

describe("toPlainLine", () => {
  it.each([
    ["2026-11-22T10:00:00.1234567Z hello", "hello"],
    ["\uFEFF2026-11-22T10:00:00.1234567Z hello", "hello"],
    ["2026-11-22T10:00:00.1234567Z", ""],
    ["2026-11-22T10:00:00.123Z hello", "2026-11-22T10:00:00.123Z hello"],
    ["\x1B[1m\x1B[38;5;9merror\x1B[0m: x", "error: x"],
    ["\x1B[38:2::1:2:3mred\x1B[m", "red"],
    ["\x9B31mred", "red"],
    ["\x1B]8;;https://example.com\x1B\\link\x1B]8;;\x07!", "link!"],
    ["\x1BPq#0\x1B\\after", "after"],
    ["\x1B(Bplain\x1Bc", "plain"],
    ["cut\x1B[38;5", "cut"],
    ["a\tb", "a  b"],
    ["a\0b\x07c\x7Fd\x85e", "abcde"],
    ["user\u202Enimda\u202C\u2066x\u2069\u200Fy\u200B", "usernimdaxy"],
    ["10%\r50%\r100%\r", "100%"],
    ["##[error]Process completed with exit code 1.", "Error: Process completed with exit code 1."],
    ["##[error]Error: gone", "Error: gone"],
    ["##[warning]old", "Warning: old"],
    ["##[group]Run cargo test", "Run cargo test"],
    ["##[endgroup]", ""],
    ["##[command]/usr/bin/git version", "/usr/bin/git version"],
    ["[command]/usr/bin/git version", "[command]/usr/bin/git version"],
    ["::error::gone", "Error: gone"],
    ["::error file=a.ts,line=3,col=5,title=Type%3A wrong::not%0Aa%25b", "Error: a.ts:3:5: Type: wrong: not a%b"],
    ["::warning file=a.ts::old", "Warning: a.ts: old"],
    ["::group::Build", "Build"],
    ["::add-mask::hunter2", "***"],
    ["use std::io::Error;", "use std::io::Error;"],
    ["ünïcode ✓ 👩", "ünïcode ✓ 👩"],
  ])("makes of %j", (line, plain) => {
    expect(toPlainLine(line)).toBe(plain);
  });
});
