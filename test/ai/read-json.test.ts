import { describe, expect, it } from "vitest";
import { readJson } from "../../src/ai/read-json.ts";

describe("an answer in JSON", () => {
  it.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    [" \n[1]", [1]],
    ['```json\n{"a":"```ts\\n}\\n```"}\n```', { a: "```ts\n}\n```" }],
    ['Sure {see below}: {"a":{"b":"}"}} Done.', { a: { b: "}" } }],
    ['{"a":1} and {"a":2}', undefined],
    ['{"a":1', undefined],
    ["no", undefined],
    ["", undefined],
  ])("%j is read as %j", (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  it("takes time in proportion to its length, whatever it is", () => {
    const timeOf = (text: string) => {
      const from = performance.now();
      readJson(text);
      return performance.now() - from;
    };
    const hostile = (count: number) => ["{".repeat(count), "{}".repeat(count), '{"'.repeat(count), "{ ".repeat(count) + "}".repeat(count)];

    // Were it quadratic, this would take minutes.
    expect(Math.max(...hostile(500_000).map(timeOf))).toBeLessThan(20_000);
  });
});
