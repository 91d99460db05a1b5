import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "../../../src/bot/slack/plain-text.ts";
import { cpuMsOf } from "../../cpu-time.ts";

describe("plainText", () => {
  it.each([
    ["status #12", "status #12"],
    ["a &amp; b &lt;c&gt;", "a & b <c>"],
    ["&amp;lt;", "&lt;"],
    ["&amp;amp;", "&amp;"],
    ["&lt;@U123&gt;", "<@U123>"],
    ["&quot;&#39;&nbsp;", "&quot;&#39;&nbsp;"],
    ["<https://github.com/a/b/pull/1>", "https://github.com/a/b/pull/1"],
    ["<https://x.test/?a=1&amp;b=2|this build>", "https://x.test/?a=1&b=2"],
    ["<http://foo.com|foo.com>", "foo.com"],
    ["<mailto:a@b.test|a@b.test>", "a@b.test"],
    ["oncall <@U123|ada> <@W456>", "oncall @U123 @W456"],
    ["<#C123|general> <#C456>", "#C123 #C456"],
    ["<!subteam^S1|@team> <!subteam^S2>", "@S1 @S2"],
    ["<!here> <!channel|channel>", "@here channel"],
    ["<!date^1392734382^{date}|Feb 18>", "Feb 18"],
    ["run “two words” ‘x’ don’t", "run \"two words\" 'x' don't"],
    ["retry —failed", "retry --failed"],
    ["ack — mine", "ack -- mine"],
    ["retry –failed", "retry --failed"],
    ["ack – mine", "ack -- mine"],
    ["3–5 a–b –5", "3–5 a–b –5"],
    ["a < b > c", "a  b  c"],
    ["a < b", "a < b"],
    ["", ""],
  ])("reads %j as %j", (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it("gives back any text that Slack escaped, but for a phone's typography", () => {
    const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(plainText(escaped(text))).toBe(text);
      }),
    );
  });

  it.each(["<", "<a", "<a|", "<|", "&", "&amp", ">", "–", " –", "<!", "<!^", "—", "<@"])(
    "stays quick on 65,536 characters of %j",
    (unit) => {
      const text = unit.repeat(65_536 / unit.length);

      expect(cpuMsOf(() => plainText(text))).toBeLessThan(200);
    },
  );
});
