import { describe, expect, it } from "vitest";
import { blockKitProblem } from "../../../../src/sandbox/slack/block-kit/message.ts";
import { viewComplaints } from "../../../../src/sandbox/slack/block-kit/view.ts";
import * as s from "./samples.ts";
import { home, input, menu, modal, plain, section, times, x } from "./samples.ts";

describe("a view", () => {
  it.each([
    ["title", modal({ title: plain(x(24)) }), modal({ title: plain(x(25)) }), "/title/text"],
    ["submit", modal({ submit: plain(x(24)) }), modal({ submit: plain(x(25)) }), "/submit/text"],
    ["close", modal({ close: plain(x(24)) }), modal({ close: plain(x(25)) }), "/close/text"],
    ["private metadata", modal({ private_metadata: x(3000) }), modal({ private_metadata: x(3001) }), "/private_metadata"],
    ["callback", home({ callback_id: x(255) }), home({ callback_id: x(256) }), "/callback_id"],
    ["external id", home({ external_id: x(255) }), home({ external_id: x(256) }), "/external_id"],
    ["blocks", home({ blocks: times(100, section()) }), home({ blocks: times(101, section()) }), "/blocks"],
    ["no blocks", modal(), modal({ blocks: [] }), "/blocks"],
    ["an input needs a submit", modal({ blocks: [input(menu())], submit: plain("Go") }), modal({ blocks: [input(menu())] }), "/submit"],
    ["ids", home(), home({ blocks: times(2, section({ text: plain("x"), block_id: "same" })) }), "/blocks/1/block_id"],
    ["bytes", modal(), modal({ blocks: times(90, section({ text: plain(x(3000)) })) }), ""],
  ])("keeps to its limits: %s", (_, within, beyond, pointer) => {
    expect(viewComplaints(within)).toEqual([]);
    expect(viewComplaints(beyond).join("\n")).toContain(`[json-pointer:/view${pointer}]`);
  });
});

describe("a block", () => {
  const tables = [
    s.table([[s.cell()]]),
    s.dataTable(times(2, [s.cell()])),
    s.pie([s.segment()]),
    s.container(),
    { type: "carousel", elements: [s.card()] },
  ];
  const words = [
    { type: "markdown", text: "x" },
    s.feedbackButtons(),
    s.plan([]),
    s.task(),
    { type: "file", external_id: "x", source: "remote" },
  ];
  const alert = { type: "alert", text: plain(x(200)), level: "warning" };

  it.each([
    ...[section(), s.image(), s.richText(), s.video(), s.card(), input(menu())].map((block) => [block, true, true, true] as const),
    ...tables.map((block) => [block, true, true, false] as const),
    ...words.map((block) => [block, true, false, false] as const),
    [alert, false, false, true] as const,
  ])("is shown only where Slack shows it: $0.type", (block, inMessage, inHome, inModal) => {
    expect(blockKitProblem([block]) === undefined).toBe(inMessage);
    expect(viewComplaints(home({ blocks: [block] })).length === 0).toBe(inHome);
    expect(viewComplaints(modal({ blocks: [block], submit: plain("Go") })).length === 0).toBe(inModal);
  });

  it.each([
    ["text", { ...alert, text: plain(x(201)) }, "/view/blocks/0/text/text"],
    ["level", { ...alert, level: "loud" }, "/view/blocks/0/level"],
  ])("that alerts keeps to its limits: %s", (_, beyond, pointer) => {
    expect(viewComplaints(modal({ blocks: [alert] }))).toEqual([]);
    expect(viewComplaints(modal({ blocks: [beyond] })).join()).toContain(pointer);
  });
});
