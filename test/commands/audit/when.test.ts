import { describe, expect, it } from "vitest";
import { momentOf, parseWhen } from "../../../src/commands/audit/when.ts";
import { refusalOf } from "../grammar/refusal.ts";

const now = Date.UTC(2026, 10, 22, 12);
const hourMs = 3_600_000;

describe("a moment", () => {
  it.each([
    ["30m", now - hourMs / 2],
    ["24h", now - 24 * hourMs],
    ["7d", now - 7 * 24 * hourMs],
    ["2w", now - 14 * 24 * hourMs],
    ["2026-11-01", Date.UTC(2026, 10, 1)],
    ["2026-11-01T09:00Z", Date.UTC(2026, 10, 1, 9)],
    ["2026-11-01T09:00+02:00", Date.UTC(2026, 10, 1, 7)],
  ])("%s is understood", (typed, at) => {
    expect(momentOf(parseWhen("since", typed), now, "begin")).toBe(at);
  });

  it("that is a day lasts to its midnight as an end", () => {
    expect(momentOf(parseWhen("until", "2026-11-01"), now, "end")).toBe(Date.UTC(2026, 10, 2));
  });

  it.each(["", "7", "7x", "-7d", "2026-13-01", "2026-02-30", "2026-11-01T25:00Z", "2026-11-01T09:00", "yesterday"])(
    "%j is none",
    (typed) => {
      expect(refusalOf(() => parseWhen("since", typed))).toMatchObject({ reason: "bad_time" });
    },
  );
});
