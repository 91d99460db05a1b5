import { describe, expect, it } from "vitest";
import { toSlackText } from "../../../src/sandbox/console/typed-text.ts";

describe("what somebody types", () => {
  it.each([
    ["@nextrust status", "<@U0NEXTRUST> status"],
    ["thanks, @NeXTRust!", "thanks, <@U0NEXTRUST>!"],
    ["mail me@nextrust.test", "mail me@nextrust.test"],
    ["@nextrustacean", "@nextrustacean"],
    ["a < b && <!channel>", "a &lt; b &amp;&amp; &lt;!channel&gt;"],
  ])("%j reaches apps as %j", (typed, told) => {
    expect(toSlackText(typed, "U0NEXTRUST")).toBe(told);
  });
});
