import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LineReader, lineNumberAt } from "../../../src/machine/import/line-reader.ts";

const chunk = 1 << 20;

describe("reading lines", () => {
  let folder: string;
  let file: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nextrust-lines-"));
  });
  afterEach(() => {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  });

  function read(content: string, { from = 0, mostBytes = chunk * 2, needle }: { from?: number; mostBytes?: number; needle?: string } = {}) {
    writeFileSync(join(folder, "a"), content);
    file = openSync(join(folder, "a"), "r");
    const lines = new LineReader(mostBytes).lines(
      file,
      from,
      needle === undefined ? undefined : [Buffer.from("never"), Buffer.from(needle)],
    );
    const found: string[] = [];
    for (;;) {
      const next = lines.next();
      if (next.done) return { found, end: next.value };
      const { kind, at, end, text } = next.value;
      found.push(`${kind} ${at}-${end} ${text.length > 20 ? text.length : text}`.trim());
    }
  }

  const long = (length: number) => `{${"x".repeat(length - 3)}}\n`;

  it.each([
    ["an empty file", "", [], 0],
    ["a line without its end", '{"a"', [], 0],
    ["two lines and a beginning", "{1}\n{2}\n{3}", ["wanted 0-4 {1}", "wanted 4-8 {2}"], 8],
    ["ends as on Windows, and empty lines", "{1}\r\n\r\n\n{2}\n", ["wanted 0-5 {1}", "wanted 8-12 {2}"], 12],
    ["what is no object", "oops\n{1\n2}\n", ["broken 0-5", "broken 5-8", "broken 8-11"], 11],
    [
      "lines over the edges of what is read at once",
      long(chunk - 2) + long(7),
      [`wanted 0-${chunk - 2} ${chunk - 3}`, `wanted ${chunk - 2}-${chunk + 5} {xxxx}`],
      chunk + 5,
    ],
    [
      "a line that needs more room",
      `{1}\n${long(chunk + 500)}{2}\n`,
      ["wanted 0-4 {1}", `wanted 4-${chunk + 504} ${chunk + 499}`, `wanted ${chunk + 504}-${chunk + 508} {2}`],
      chunk + 508,
    ],
    [
      "a line that is too long",
      `{1}\n${long(chunk * 5)}{2}\n`,
      ["wanted 0-4 {1}", `tooLong 4-${chunk * 5 + 4}`, `wanted ${chunk * 5 + 4}-${chunk * 5 + 8} {2}`],
      chunk * 5 + 8,
    ],
    ["a line that is too long and has no end", `{1}\n${"x".repeat(chunk * 5)}`, ["wanted 0-4 {1}"], 4],
  ])("understands %s", (_, content, found, end) => {
    expect(read(content)).toEqual({ found, end });
  });

  it("gives only lines with what is wanted, and those that are broken", () => {
    const content = '{"usage":1}\n{"other":1}\noops\n{"other":"x"}\n{"a":{"usage":2}}\n{"usage":3';

    expect(read(content, { needle: '"usage"' }).found).toEqual([
      'wanted 0-12 {"usage":1}',
      "broken 24-29",
      'wanted 43-61 {"a":{"usage":2}}',
    ]);
  });

  it("begins where it is told", () => {
    expect(read("{1}\n{2}\n", { from: 4 })).toEqual({ found: ["wanted 4-8 {2}"], end: 8 });
  });

  it("knows the number of a line", () => {
    read("{1}\n\n{2}\n");

    expect([0, 4, 5].map((at) => lineNumberAt(file, at))).toEqual([1, 2, 3]);
  });
});
