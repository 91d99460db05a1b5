import { describe, expect, it } from "vitest";
import { changeInWords, showShare, showTimes } from "../../../src/pipeline/reports/words.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";

const usd = (amount: string): bigint => parseUsd(amount) ?? 0n;

describe("a share", () => {
  it.each([
    [974, 1000, "97.4 %"],
    [1, 8, "12.5 %"],
    [25, 10_000, "0.2 %"],
    [35, 10_000, "0.4 %"],
    [0, 5, "0 %"],
    [5, 5, "100 %"],
    [1, 1_000_000, "<0.1 %"],
    [999_999, 1_000_000, ">99.9 %"],
    [0, 0, undefined],
    [3n * 10n ** 30n, 4n * 10n ** 30n, "75.0 %"],
  ])("of %s in %s is %s, half to even", (part, whole, words) => {
    expect(showShare(part, whole)).toBe(words);
  });
});

describe("a change", () => {
  it.each([
    ["41.20", "36.10", "$5.10 more (+14.1 %)"],
    ["36.10", "41.20", "$5.10 less (-12.4 %)"],
    ["0", "5", "$5.00 less (-100 %)"],
    ["5", "0", "$5.00 more"],
    ["5", "5", "as much"],
    ["500", "5", "$495.00 more (+9,900 %)"],
    ["0.005", "0", "<$0.01 more"],
    ["5.0000001", "5", "<$0.01 more (+<0.1 %)"],
  ])("of %s after %s is %s", (now, before, words) => {
    expect(changeInWords(usd(now), usd(before))).toBe(words);
  });

  it("is so many times as much, where there was anything", () => {
    expect([showTimes(usd("540"), usd("41.20")), showTimes(1n, usd("5")), showTimes(0n, 1n), showTimes(usd("5"), 0n)]).toEqual([
      "13.1",
      "<0.1",
      "0.0",
      undefined,
    ]);
  });
});
