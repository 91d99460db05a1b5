import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTarget } from "../../../src/commands/grammar/target.ts";
import { UserError } from "../../../src/errors.ts";
import { anyText } from "./any-text.ts";
import { refusalOf } from "./refusal.ts";

const repository = "octo-org/hello.world";

describe("parseTarget", () => {
  it.each([
    ["#12", { pullRequest: 12 }],
    ["#2147483647", { pullRequest: 2_147_483_647 }],
    ["octo-org/hello.world#12", { repository, pullRequest: 12 }],
    ["octo-org/hello.world@main", { repository, ref: "main" }],
    ["octo-org/hello.world@feature/x", { repository, ref: "feature/x" }],
    ["octo-org/hello.world@", { repository }],
    ["ada_corp/x@", { repository: "ada_corp/x" }],
    ["@main", { ref: "main" }],
    ["@12", { ref: "12" }],
    ["@a#b", { ref: "a#b" }],
    ["main", { ref: "main" }],
    ["Main", { ref: "Main" }],
    ["feature/x", { ref: "feature/x" }],
    ["größe", { ref: "größe" }],
    ["v1.2.3", { ref: "v1.2.3" }],
    ["ab12cd3", { ref: "ab12cd3" }],
    ["1234567", { ref: "1234567" }],
    ["a".repeat(40), { ref: "a".repeat(40) }],
    ["https://github.com/octo-org/hello.world/pull/12", { repository, pullRequest: 12 }],
    ["https://ghe.example:8443/octo-org/hello.world/pull/12/files?w=1#r3", { repository, pullRequest: 12 }],
  ])("reads %j", (word, expected) => {
    expect(parseTarget(word)).toEqual(expected);
  });

  it.each([
    "",
    "#",
    "@",
    "#0",
    "#-1",
    "#012",
    "#1.5",
    "#1e3",
    "#2147483648",
    "#99999999999999999999",
    "#twelve",
    "#12x",
    "#１２",
    "12",
    "999999",
    "repo#12",
    "a/b/c#12",
    "owner/#12",
    "/repo#12",
    "-a/b#1",
    "a-/b#1",
    "a--b/c#1",
    "a/..#1",
    "a/b c#1",
    `${"a".repeat(40)}/b#1`,
    `a/${"b".repeat(101)}#1`,
    "user@main",
    "a/b@c..d",
    "a..b",
    "a b",
    "a\tb",
    "a\u0000b",
    "a\u200bb",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[b",
    "a\\b",
    "-rf",
    "/main",
    "main/",
    "a//b",
    ".git",
    "main.",
    "main.lock",
    "@@{1}",
    "x".repeat(256),
    "https://github.com/a/b/issues/12",
    "https://github.com/a/b",
    "https://github.com/a/../pull/1",
    "https://github.com/a/b/pull/0",
  ])("refuses %j and says what it would take", (word) => {
    const { reason, message } = refusalOf(() => parseTarget(word));

    expect(reason).toBe("bad_target");
    expect(message).toContain("owner/repo#12");
  });

  it("guesses that a bare number lacks its sign", () => {
    expect(refusalOf(() => parseTarget("12")).message).toContain("Did you mean #12?");
  });

  it("refuses or understands anything", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^[a-b12/#@.:-]*$/)), (word) => {
        try {
          parseTarget(word);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
