import { z } from "zod";
import { button } from "./buttons.ts";
import { richText } from "./rich-text.ts";
import { chars, list, ofBlock, wholeNumber } from "./text.ts";

const rawText = z.strictObject({ type: z.literal("raw_text"), text: chars(3000) });
const rawNumber = z.strictObject({ type: z.literal("raw_number"), value: z.number(), text: chars(3000).optional() });
const cell = z.discriminatedUnion("type", [rawText, rawNumber, richText]);

const column = z.strictObject({ align: z.enum(["left", "center", "right"]).optional(), is_wrapped: z.boolean().optional() });

export const table = z.strictObject({
  type: z.literal("table"),
  rows: list(list(cell, 20), 100),
  column_settings: z.array(column.nullable()).max(20, "no more than 20 items allowed").optional(),
  ...ofBlock,
});

const action = z.strictObject({ type: z.literal("action"), element: button });
const dataCell = z.discriminatedUnion("type", [...cell.options, action]);

export const dataTable = z
  .strictObject({
    type: z.literal("data_table"),
    caption: chars(3000),
    // The first row is the header.
    rows: list(list(dataCell, 20), 201, 2),
    page_size: wholeNumber(1, 100).optional(),
    row_header_column_index: wholeNumber(0).optional(),
    ...ofBlock,
  })
  .superRefine(({ rows, row_header_column_index: index = 0 }, { addIssue }) => {
    const complain = (message: string, ...path: PropertyKey[]) => addIssue({ code: "custom", message, path });
    const columns = rows[0]?.length ?? 0;
    rows.forEach((row, at) => {
      if (row.length !== columns) complain("must have as many cells as the header", "rows", at);
    });
    rows[0]?.forEach((one, at) => {
      if (one.type === "rich_text") complain("must not be rich_text in the header", "rows", 0, at, "type");
    });
    if (index >= columns) complain("must be one of the columns", "row_header_column_index");
  });
