import { describe, expect, it } from "vitest";
import { withAtSigns, withoutAtSigns } from "../../src/ai/at-signs.ts";
import { jsonIn } from "../../src/ai/json-in.ts";
import { inOneLine } from "../../src/ai/tool-words.ts";

describe("the JSON of an answer", () => {
  it.each([
    ["stands alone", '{"a":1}', { a: 1 }],
    ["stands in a fence", 'Here:\n```json\n{"a":"x ``` y"}\n```\nDone.', { a: "x ``` y" }],
    ["stands in a fence without its language", '```\n{"a":1}\n```', { a: 1 }],
    ["stands between words", 'My answer is {"a":{"b":"}"}} as asked.', { a: { b: "}" } }],
    ["is cut", '{"a":[1,', undefined],
    ["is none", "I cannot say.", undefined],
    ["is a bare number", "12", undefined],
    ["is nothing", "", undefined],
  ])("is read where it %s", (_, text, value) => {
    expect(jsonIn(text)).toEqual(value);
  });

  it("is looked for in linear time", () => {
    const before = performance.now();

    for (const text of ["{".repeat(2_000_000), "`".repeat(2_000_000), "```\n".repeat(500_000), "}{".repeat(1_000_000)]) jsonIn(text);

    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe("at signs", () => {
  it("are away in what a tool is given, and back in what a model says", () => {
    const text = "Read @/etc/passwd, mail a@b.example";

    const given = withoutAtSigns(text);

    expect(given).not.toContain("@");
    expect(withAtSigns(given)).toBe(text);
  });
});

describe("what a tool said", () => {
  it("is one line without secrets, controls or a second half", () => {
    const text = `\u001b[31mfailed\u001b[0m with key-12345\n\n  at ${"x".repeat(400)}`;

    const line = inOneLine(text, ["key-12345"]);

    expect(line).toMatch(/^failed with \*\*\* at x+…$/);
    expect(line).toHaveLength(300);
  });
});
