import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../../src/commands/grammar/tokens.ts";
import { cpuMsOf } from "../../cpu-time.ts";
import { anyText } from "./any-text.ts";
import { refusalOf } from "./refusal.ts";

const brief = (source: string) =>
  tokenize(source).map((token) => {
    if (token.kind === "word") return token.value;
    if (token.kind === "pair") return { [token.key]: token.value };
    return token.value === undefined ? `flag ${token.name}` : `flag ${token.name} ${token.value}`;
  });

describe("tokenize", () => {
  it.each<[string, unknown[]]>([
    ["", []],
    [" \t ", []],
    ["a  b\tc", ["a", "b", "c"]],
    ['"two words"', ["two words"]],
    ['""', [""]],
    ['a"b c"d', ["ab cd"]],
    ["k=v", [{ k: "v" }]],
    ['k="two words"', [{ k: "two words" }]],
    ["k=a=b", [{ k: "a=b" }]],
    ['k="a\\"b\\\\c"', [{ k: 'a"b\\c' }]],
    ['"C:\\dir"', ["C:\\dir"]],
    ["C:\\dir", ["C:\\dir"]],
    ['"k=v"', ["k=v"]],
    ['"--failed"', ["--failed"]],
    ["--failed", ["flag failed"]],
    ["--service=gemini", ["flag service gemini"]],
    ['--service="two words"', ["flag service two words"]],
    ["=v", ["=v"]],
    ["-x", ["-x"]],
    ["*x86* _a_ **", ["*x86*", "_a_", "**"]],
    ["größe=élan 🚀 名前=値", [{ größe: "élan" }, "🚀", { 名前: "値" }]],
    ["“two words” k=”a b” „c d“", ["two words", { k: "a b" }, "c d"]],
    ['"a “b” c"', ["a “b” c"]],
    ["https://x.test/y?a=b#c", ["https://x.test/y?a=b#c"]],
    ["owner/repo@a=b", ["owner/repo@a=b"]],
    ["don't `a b` <b> @x", ["don't", "`a", "b`", "<b>", "@x"]],
    ["__proto__ constructor=1 --toString", ["__proto__", { constructor: "1" }, "flag toString"]],
    ["K=1 k=2 --A --a", [{ K: "1" }, { k: "2" }, "flag A", "flag a"]],
  ])("reads %j", (source, expected) => {
    expect(brief(source)).toEqual(expected);
  });

  it("keeps __proto__ as a key like any other", () => {
    expect(tokenize("__proto__=1")).toEqual([{ kind: "pair", key: "__proto__", value: "1", start: 0, end: 11 }]);
  });

  it.each([
    ['a "b c', "unclosed_quote", 'a "b c\n  ^'],
    ['k="b\\"', "unclosed_quote", 'k="b\\"\n  ^'],
    ["a k= b", "missing_value", "a k= b\n  ^^"],
    ['k=""', "missing_value", 'k=""\n^^^^'],
    ["--service=", "missing_value", "--service=\n^^^^^^^^^^"],
    ["k=1 k=2", "duplicate_argument", "k=1 k=2\n    ^^^"],
    ["__proto__=1 __proto__=2", "duplicate_argument", "__proto__=1 __proto__=2\n            ^^^^^^^^^^^"],
    ["--a x --a", "duplicate_argument", "--a x --a\n      ^^^"],
    ["🚀\tk=", "missing_value", "🚀 k=\n  ^^"],
  ])("refuses %j and marks the place", (source, reason, shown) => {
    expect(refusalOf(() => tokenize(source))).toMatchObject({ reason, shown });
  });

  it("takes 50 arguments and refuses the 51st", () => {
    expect(tokenize("a ".repeat(50))).toHaveLength(50);
    expect(refusalOf(() => tokenize("a ".repeat(51))).reason).toBe("too_many_arguments");
  });

  it("shows only the neighbourhood of the mark in a long line", () => {
    const { shown } = refusalOf(() => tokenize(`${"a".repeat(500)} k= ${"b".repeat(500)}`));

    const [line = "", carets = ""] = shown.split("\n");
    expect(line.length).toBeLessThan(130);
    expect(line.slice(carets.indexOf("^"), carets.length)).toBe("k=");
  });

  it("gives back any words that were quoted", () => {
    const quote = (word: string) => `"${word.replace(/["\\“”„]/g, "\\$&")}"`;
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 10 }), (words) => {
        expect(tokenize(words.map(quote).join(" ")).map((token) => token.kind === "word" && token.value)).toEqual(words);
      }),
    );
  });

  it("reads 65,536 characters of anything in a blink", () => {
    for (const unit of ['"', "a=", "--a ", "\\", '"\\', "“", " ", "é", "=", "-"]) {
      const text = unit.repeat(65_536 / unit.length);
      expect(
        cpuMsOf(() => refusalOrTokens(text)),
        unit,
      ).toBeLessThan(200);
    }
  });
});

function refusalOrTokens(source: string): unknown {
  try {
    return tokenize(source);
  } catch (error) {
    return error;
  }
}
