import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../../src/pipeline/sessions/estimate-tokens.ts";

interface Labelled {
  readonly kind: string;
  /** As the tokenizer counts it that Anthropic published, version 0.0.4. */
  readonly tokens: number;
  readonly text: string;
}

const labelled: readonly Labelled[] = JSON.parse(readFileSync(join(import.meta.dirname, "labelled.json"), "utf8"));

const near = (one: number, other: number): number => Math.min(one, other) / Math.max(one, other);
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

describe("the estimate of tokens", () => {
  it("comes within a tenth of the labelled sample on the average, and is never more than 35 % off", () => {
    const accuracies = labelled.map(({ text, tokens }) => near(estimateTokens(text), tokens));

    expect(mean(accuracies)).toBeGreaterThan(0.9);
    expect(Math.min(...accuracies)).toBeGreaterThan(0.65);
  });

  it("comes nearer than a quarter of the characters does", () => {
    const ours = labelled.map(({ text, tokens }) => near(estimateTokens(text), tokens));
    const quarter = labelled.map(({ text, tokens }) => near(text.length / 4, tokens));

    expect(mean(ours) - mean(quarter)).toBeGreaterThan(0.1);
  });

  it("is something for whatever is said, and nothing for nothing", () => {
    expect([estimateTokens(" "), estimateTokens("\n"), estimateTokens("")]).toEqual([1, 1, 0]);
  });

  it("takes megabytes in passing", () => {
    const begun = performance.now();

    estimateTokens("word 12 Ünïcode 漢字\n  ".repeat(150_000));

    expect(performance.now() - begun).toBeLessThan(500);
  });
});
