import { describe, expect, it } from "vitest";
import { blockKitProblem } from "../../../../src/sandbox/slack/block-kit/message.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: "button", text: plain("Retry"), action_id: "retry", ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const confirm = (more: object = {}) => ({
  title: plain("Sure?"),
  text: mrkdwn("It costs."),
  confirm: plain("Yes"),
  deny: plain("No"),
  ...more,
});
const table = (rows: number, columns = 1, text = "x") => ({
  type: "table",
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: "raw_text", text }))),
});
const preformatted = (text: string) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
});
const times = <T>(count: number, item: T) => Array.from({ length: count }, () => item);

describe("blockKitProblem", () => {
  it.each<[string, object[]]>([
    ["a section of 3,000 characters", [section("x".repeat(3000))]],
    ["characters counted as code points", [{ type: "header", text: plain("🚀".repeat(150)) }]],
    ["ten fields", [{ type: "section", fields: times(10, mrkdwn("x")) }]],
    ["a button that asks first", [actions(button({ confirm: confirm(), style: "danger", value: "x".repeat(2000) }))]],
    [
      "a context, a divider and Markdown",
      [{ type: "context", elements: [mrkdwn("x")] }, { type: "divider" }, { type: "markdown", text: "# x" }],
    ],
    ["preformatted text", [preformatted("error[E0308]")]],
    ["a table of 100 rows and 20 columns", [table(100, 20)]],
    ["fifty blocks", times(50, { type: "divider" })],
  ])("lets %s pass", (_, blocks) => {
    expect(blockKitProblem(blocks)).toBeUndefined();
  });

  it.each<[string, object[], string]>([
    ["a section of 3,001 characters", [section("x".repeat(3001))], "/blocks/0/text/text"],
    ["empty text", [section("")], "/blocks/0/text/text"],
    ["a section without text", [{ type: "section" }], "/blocks/0"],
    ["an eleventh field", [{ type: "section", fields: times(11, mrkdwn("x")) }], "/blocks/0/fields"],
    ["a field of 2,001 characters", [{ type: "section", fields: [mrkdwn("x".repeat(2001))] }], "/blocks/0/fields/0/text"],
    ["a header in mrkdwn", [{ type: "header", text: mrkdwn("x") }], "/blocks/0/text/type"],
    ["a header of 151 characters", [{ type: "header", text: plain("x".repeat(151)) }], "/blocks/0/text/text"],
    ["an eleventh context element", [{ type: "context", elements: times(11, mrkdwn("x")) }], "/blocks/0/elements"],
    ["a twenty-sixth button", [actions(...Array.from({ length: 26 }, (__, at) => button({ action_id: `a${at}` })))], "/blocks/0/elements"],
    ["a label of 76 characters", [actions(button({ text: plain("x".repeat(76)) }))], "/blocks/0/elements/0/text/text"],
    ["a value of 2,001 characters", [actions(button({ value: "x".repeat(2001) }))], "/blocks/0/elements/0/value"],
    ["an unknown button style", [actions(button({ style: "warning" }))], "/blocks/0/elements/0/style"],
    [
      "a dialog title of 101 characters",
      [actions(button({ confirm: confirm({ title: plain("x".repeat(101)) }) }))],
      "/blocks/0/elements/0/confirm/title/text",
    ],
    ["one action id twice in a block", [actions(button(), button())], "/blocks/0/elements"],
    ["one block id twice", times(2, { type: "divider", block_id: "same" }), "/blocks/1/block_id"],
    ["a 101st row", [table(101)], "/blocks/0/rows"],
    ["a 21st column", [table(1, 21)], "/blocks/0/rows/0"],
    ["a table of more than 10,000 characters", [table(11, 1, "x".repeat(1000))], "/blocks"],
    ["a second table", [table(1), table(1)], "/blocks"],
    [
      "12,001 characters of Markdown",
      [
        { type: "markdown", text: "x".repeat(6000) },
        { type: "markdown", text: "x".repeat(6001) },
      ],
      "/blocks",
    ],
    ["a fifty-first block", times(51, { type: "divider" }), "/blocks"],
    ["an unknown block", [{ type: "bogus" }], "/blocks/0/type"],
    ["an unknown field", [{ ...section("x"), colour: "red" }], "/blocks/0"],
  ])("refuses %s", (_, blocks, pointer) => {
    const problem = blockKitProblem(blocks);

    expect(problem?.error).toBe("invalid_blocks");
    expect(problem?.messages.join("\n")).toContain(`[json-pointer:${pointer}]`);
  });

  it("refuses blocks that are each within limits and too long together", () => {
    expect(blockKitProblem(times(4, section("x".repeat(3000))))).toBeUndefined();
    expect(blockKitProblem([...times(4, section("x".repeat(3000))), section("x".repeat(1201))])).toMatchObject({
      error: "msg_blocks_too_long",
    });
  });
});
