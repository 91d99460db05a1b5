import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { renderTable } from "../../../src/bot/render/terminal-table.ts";

const heads = ["Session", "Why"];
const rows = [{ cells: ["11111111-2222-4333-8444-555555555555", "the same tokens are there in another session"] }];

const rendered = (most: number | undefined): readonly string[] => renderTable(heads, rows, most).map(stripVTControlCharacters);

describe("a table in a terminal", () => {
  it("has one line for each row where nobody says how wide the terminal is, for what reads it line by line", () => {
    expect(rendered(undefined)).toEqual([
      "Session                               Why",
      "11111111-2222-4333-8444-555555555555  the same tokens are there in another session",
    ]);
  });

  it("goes on in further lines where the terminal is too narrow, between words where there are any", () => {
    expect(rendered(44)).toEqual([
      "Session                Why",
      "11111111-2222-4333-84  the same tokens are",
      "44-555555555555        there in another",
      "                       session",
    ]);
  });

  it("loses no character, however narrow it is", () => {
    const lines = rendered(5);

    expect(
      lines
        .slice(1)
        .map((line) => line.slice(0, 14).trim())
        .join(""),
    ).toBe(rows[0]?.cells[0]);
  });
});
