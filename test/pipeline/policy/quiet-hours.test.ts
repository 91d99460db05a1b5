import { describe, expect, it } from "vitest";
import { isEndless, quietUntil } from "../../../src/pipeline/policy/quiet-hours.ts";
import type { QuietWindow } from "../../../src/pipeline/policy/rule.ts";

const night: QuietWindow = { from: "18:00", to: "08:00", zone: "Europe/Berlin" };
const workNights: QuietWindow = { ...night, days: ["mon", "tue", "wed", "thu", "fri"] };
const weekend: QuietWindow = { from: "00:00", to: "24:00", zone: "Europe/Berlin", days: ["sat", "sun"] };

const until = (windows: readonly QuietWindow[], at: string): string | undefined => {
  const end = quietUntil(windows, Date.parse(at));
  return end === undefined ? undefined : new Date(end).toISOString();
};

describe("quiet hours", () => {
  it.each([
    ["begin on the minute", [night], "2026-01-14T17:00:00Z", "2026-01-15T07:00:00.000Z"],
    ["have not begun before", [night], "2026-01-14T16:59:59Z", undefined],
    ["end on the minute", [night], "2026-01-15T07:00:00Z", undefined],
    ["go on after midnight", [night], "2026-01-15T03:00:00Z", "2026-01-15T07:00:00.000Z"],
    ["are an hour shorter when the clocks go forward", [night], "2026-03-28T17:00:00Z", "2026-03-29T06:00:00.000Z"],
    ["are an hour longer when they go back", [night], "2026-10-24T16:00:00Z", "2026-10-25T07:00:00.000Z"],
    [
      "begin when the clock is past a time that it skips",
      [{ from: "02:30", to: "04:00", zone: "Europe/Berlin" }],
      "2026-03-29T01:30:00Z",
      "2026-03-29T02:00:00.000Z",
    ],
    ["count the day on which they begin", [workNights], "2026-01-17T03:00:00Z", "2026-01-17T07:00:00.000Z"],
    ["and not the next", [workNights], "2026-01-17T18:00:00Z", undefined],
    ["that follow one another are one", [workNights, weekend], "2026-01-16T17:30:00Z", "2026-01-18T23:00:00.000Z"],
    ["within a day end on that day", [{ from: "12:00", to: "13:00", zone: "UTC" }], "2026-01-14T12:30:00Z", "2026-01-14T13:00:00.000Z"],
  ] as const)("%s", (_, windows, at, end) => {
    expect(until(windows, at)).toBe(end);
  });

  it.each([
    [[{ from: "00:00", to: "24:00", zone: "UTC" }], true],
    [
      [
        { from: "00:15", to: "00:00", zone: "UTC" },
        { from: "00:00", to: "00:15", zone: "UTC" },
      ],
      true,
    ],
    [[workNights, weekend], false],
    [[], false],
  ] as const)("%j are endless: %s", (windows, endless) => {
    expect(isEndless(windows)).toBe(endless);
  });
});
