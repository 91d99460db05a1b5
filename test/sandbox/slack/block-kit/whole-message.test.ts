import { describe, expect, it } from "vitest";
import { blockKitProblem } from "../../../../src/sandbox/slack/block-kit/message.ts";
import * as s from "./samples.ts";

const { times, x } = s;
const dataTable = (rows: number, length: number) => s.dataTable(times(rows, [s.cell(x(length))]));

describe("a whole message", () => {
  it.each([
    ["two charts, not three", times(2, s.pie([s.segment()])), times(3, s.pie([s.segment()]))],
    ["20,000 characters in data tables", times(2, dataTable(5, 2000)), [dataTable(5, 2000), dataTable(6, 2000)]],
    ["10,000 characters in a table", [s.table(times(4, [s.cell(x(2500))]))], [s.table([...times(4, [s.cell(x(2500))]), [s.cell()]])]],
    ["one table", [s.table([[s.cell()]])], times(2, s.table([[s.cell()]]))],
    ["fifty blocks", times(50, s.section()), times(51, s.section())],
  ])("is held to its limits: %s", (_, within, beyond) => {
    expect(blockKitProblem(within)).toBeUndefined();
    expect(blockKitProblem(beyond)).toMatchObject({
      error: "invalid_blocks",
      messages: [expect.stringContaining("[json-pointer:/blocks]")],
    });
  });
});
