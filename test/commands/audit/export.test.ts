import { describe, expect, it } from "vitest";
import { exportRows } from "../../../src/commands/audit/export.ts";
import type { AuditRow } from "../../../src/pipeline/audit.ts";

const aRow = (changes: Partial<AuditRow> = {}): AuditRow => ({
  id: 1,
  intent: "one",
  endedAt: Date.UTC(2026, 10, 1, 9, 30),
  durationMs: 12,
  surface: "github",
  actor: "github:583231",
  actorName: "octocat",
  command: "status",
  text: "status",
  outcome: "done",
  reason: "shown",
  ...changes,
});
const csv = (changes: Partial<AuditRow>) => exportRows([aRow(changes)], "csv", []).content.split("\r\n")[1];

describe("an exported row", () => {
  it("is a line of CSV, absent things empty", () => {
    expect(csv({})).toBe("2026-11-01T09:30:00.000Z,github:583231,octocat,github,,,status,status,done,shown,12");
  });

  it.each([
    ["a, b", '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\r=1", '"\'\r=1"'],
    ["=1,2", '"\'=1,2"'],
    ["\n=1", '"\'\n=1"'],
    ["\u001b[31m=1", "[31m=1"],
    ["\u0007=1", "'=1"],
    ["retry --failed", "retry --failed"],
  ])("keeps %j as %j, which no spreadsheet computes", (text, cell) => {
    expect(csv({ text })).toBe(`2026-11-01T09:30:00.000Z,github:583231,octocat,github,,,status,${cell},done,shown,12`);
  });

  it("masks what is secret by its form, or by being ours", () => {
    const { content } = exportRows([aRow({ text: `x ghp_${"a1B2".repeat(9)} our-own-secret` })], "json", ["our-own-secret"]);

    expect(JSON.parse(content)[0].text).toBe("x *** ***");
  });
});

describe("an export", () => {
  it("holds whole rows within two million characters, and says how many", () => {
    const rows = Array.from({ length: 1_000 }, () => aRow({ text: "x".repeat(10_000) }));

    for (const format of ["csv", "json"] as const) {
      const { content, count } = exportRows(rows, format, []);
      expect(content.length).toBeLessThan(2_000_100);
      expect(count).toBeGreaterThan(150);
      if (format === "json") expect(JSON.parse(content)).toHaveLength(count);
    }
  });
});
