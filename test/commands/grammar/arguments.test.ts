import { describe, expect, it } from "vitest";
import { Arguments } from "../../../src/commands/grammar/arguments.ts";
import { parseSlashText } from "../../../src/commands/grammar/command-line.ts";
import { refusalOf } from "./refusal.ts";

const parse = (text: string) => Arguments.parse(parseSlashText(text));

describe("Arguments", () => {
  it("takes words in order", () => {
    const args = parse('can retry "test / Unit Tests" x y');

    expect([args.word("a command"), args.optionalWord(), args.words(), args.optionalWord()]).toEqual([
      "retry",
      "test / Unit Tests",
      ["x", "y"],
      undefined,
    ]);
    args.finish();
  });

  it("names a word that is missing, and marks the end", () => {
    expect(refusalOf(() => parse("get-logs --all").word("a job"))).toEqual({
      reason: "missing_argument",
      message: "What is missing here: a job.",
      shown: "get-logs --all\n              ^",
    });
  });

  it("takes a switch wherever it stands", () => {
    const args = parse("retry-job --debug test --failed");

    expect([args.switch("failed"), args.switch("debug"), args.switch("debug"), args.switch("Failed")]).toEqual([true, true, false, false]);
    expect(args.words()).toEqual(["test"]);
  });

  it("refuses a value for a switch", () => {
    expect(refusalOf(() => parse("retry --debug=yes").switch("debug"))).toMatchObject({
      reason: "bad_value",
      shown: "retry --debug=yes\n      ^^^^^^^^^^^",
    });
  });

  it.each([
    ["review --service gemini #12", "gemini"],
    ["review #12 --service=gemini", "gemini"],
    ['review #12 --service "two words"', "two words"],
    ["review #12", undefined],
  ])("takes the option of %j", (text, expected) => {
    const args = parse(text);

    expect(args.option("service")).toBe(expected);
    expect(args.words()).toEqual(["#12"]);
    args.finish();
  });

  it.each(["review --service", "review --service --all", "review --service k=v"])("refuses %j: the option has no value", (text) => {
    expect(refusalOf(() => parse(text).option("service")).reason).toBe("missing_value");
  });

  it("takes pairs, with names from the prototype as data", () => {
    const args = parse("run build __proto__=1 constructor=2 env=prod");

    expect([...args.pairs()]).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
      ["env", "prod"],
    ]);
    expect(args.word("a workflow")).toBe("build");
    args.finish();
  });

  it("narrows a value to the allowed ones", () => {
    const args = parse("watch slow --level high");

    expect(args.choice("level", args.option("level") ?? "", ["low", "high"])).toBe("high");
    expect(refusalOf(() => args.choice("speed", args.word("a speed"), ["quick", "careful"]))).toEqual({
      reason: "bad_value",
      message: "“slow” is no speed. It may be quick, careful.",
      shown: "watch slow --level high\n      ^^^^",
    });
  });

  it.each(["constructor", "__proto__", "High", ""])("has no choice %j", (value) => {
    expect(refusalOf(() => parse("x").choice("level", value, ["low", "high"])).reason).toBe("bad_value");
  });

  it.each([
    ["status #12 please", "status #12 please\n           ^^^^^^"],
    ["status #12 env=prod", "status #12 env=prod\n           ^^^^^^^^"],
    ["status #12 --all", "status #12 --all\n           ^^^^^"],
  ])("refuses what nobody took: %j", (text, shown) => {
    const args = parse(text);
    args.word("a target");

    expect(refusalOf(() => args.finish())).toMatchObject({ reason: "unknown_argument", shown });
  });

  it("lets a command without arguments finish", () => {
    expect(() => parse("help").finish()).not.toThrow();
    expect(() => parse("").finish()).not.toThrow();
  });
});
