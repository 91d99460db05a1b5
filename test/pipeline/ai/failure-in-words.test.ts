import { describe, expect, it } from "vitest";
import { failureInWords, stoodInBecause } from "../../../src/pipeline/ai/failure-in-words.ts";
import { failures } from "../../../src/pipeline/ai/provider.ts";

const one = { name: "Gemini CLI", model: "gemini-x" };

describe("a failure in words", () => {
  it("is another one for each, names who failed, and says what to do", () => {
    const all = failures.map((failure) => failureInWords({ failure, ...one }));

    expect(new Set(all).size).toBe(failures.length);
    for (const words of all) expect(words).toMatch(/Gemini CLI.*\. .*(?:Ask|ask|Name|Whoever)/);
  });

  it.each(["rate_limited", "quota", "unavailable"] as const)("says when it may be asked again, where that is known: %s", (failure) => {
    expect(failureInWords({ failure, ...one, retryAt: Date.parse("2026-11-23T12:30:00Z") })).toContain("at 2026-11-23 12:30 UTC.");
  });

  it.each([
    ["quota", "Gemini CLI has used up its quota"],
    ["retired", "Gemini CLI has no gemini-x any more"],
  ] as const)("says why another one stood in: %s", (failure, words) => {
    expect(stoodInBecause({ failure, ...one })).toBe(words);
  });
});
