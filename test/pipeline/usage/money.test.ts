import { assert, bigInt, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { exactUsd, parseUsd, readDecimal, showUsd, toPico } from "../../../src/pipeline/usage/money.ts";

const picoPerUsd = 10n ** 12n;
const picoPerCent = 10n ** 10n;
const anAmount = bigInt({ min: -(10n ** 22n), max: 10n ** 22n });

describe("money in words", () => {
  it.each([
    ["12.50", 12_500_000_000_000n],
    ["$5", 5n * picoPerUsd],
    ["-$0.000000000001", -1n],
    ["1,234,567.1", 1_234_567_100_000_000_000n],
    [" 3 ", 3n * picoPerUsd],
    ["0.0000000000010", 1n],
  ])("%j is an amount", (text, pico) => {
    expect(parseUsd(text)).toBe(pico);
  });

  it.each(["", "$", "1,23", "12,3456", "1e3", "0x10", "1.2.3", "5 USD", "--1", ".5", "5.", "0.0000000000001", "9".repeat(16)])(
    "%j is none",
    (text) => {
      expect(parseUsd(text)).toBeUndefined();
    },
  );

  it("is the same again after it was written exactly", () => {
    assert(property(anAmount, (pico) => parseUsd(exactUsd(pico)) === pico));
  });
});

describe("money for people", () => {
  it.each([
    [0n, "$0.00"],
    [1n, "<$0.01"],
    [-1n, ">-$0.01"],
    [picoPerCent - 1n, "<$0.01"],
    [picoPerCent, "$0.01"],
    [125n * 10n ** 9n, "$0.12"],
    [135n * 10n ** 9n, "$0.14"],
    [-135n * 10n ** 9n, "-$0.14"],
    [125n * 10n ** 9n + 1n, "$0.13"],
    [1_234_567n * picoPerUsd + 999n * 10n ** 9n, "$1,234,568.00"],
  ])("of %d pico-dollars is %s", (pico, shown) => {
    expect(showUsd(pico)).toBe(shown);
  });

  it("is never further from the truth than half a cent, and nothing only when it is nothing", () => {
    assert(
      property(anAmount, (pico) => {
        const shown = showUsd(pico);
        const size = pico < 0n ? -pico : pico;
        if (size < picoPerCent) return (shown === "$0.00") === (pico === 0n);
        const off = (parseUsd(shown) ?? 0n) - pico;
        return 2n * (off < 0n ? -off : off) <= picoPerCent;
      }),
    );
  });
});

describe("a decimal of a program", () => {
  it.each([
    ["123.45", -2, 1_234_500_000_000n],
    ["3e-06", 0, 3_000_000n],
    ["1.25E-7", 0, 125_000n],
    ["2.5e+2", 0, 250n * picoPerUsd],
    ["-0.06", 0, -60_000_000_000n],
    ["0.0000000000005", 0, 0n],
    ["0.0000000000015", 0, 2n],
    ["0.8958740000000000", 0, 895_874_000_000n],
  ])("%s with the exponent %d is read as it is written", (text, exponent, pico) => {
    expect(readDecimal(text, exponent)).toBe(pico);
  });

  it.each(["", "NaN", "Infinity", "1e9999999", "0x1", "1,000", "1 ", "-"])("%j is none", (text) => {
    expect(readDecimal(text)).toBeUndefined();
  });

  it("is what a JSON file says of cents and of parts of them, without the noise of binary fractions", () => {
    assert(
      property(
        integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        (millionths) => toPico(millionths / 1_000_000) === BigInt(millionths) * 1_000_000n,
      ),
    );
    expect(toPico(0.1) + toPico(0.2)).toBe(toPico(0.3));
    expect(toPico(1e-12)).toBe(1n);
    expect(() => toPico(Number.NaN)).toThrow(RangeError);
  });
});
