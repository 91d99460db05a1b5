import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { periodOf, periodScopes } from "../../../src/pipeline/budgets/period.ts";

const hourMs = 60 * 60_000;
/** Every zone that there is, by no name but its own. */
const zones = Intl.supportedValuesOf("timeZone");
const from = Date.parse("2010-01-01T00:00:00Z");
const to = Date.parse("2031-01-01T00:00:00Z");

const inHours = (scope: "day" | "month", at: string, zone: string) => {
  const { start, end } = periodOf(scope, Date.parse(at), zone);
  return (end - start) / hourMs;
};

describe("a period", () => {
  it.each([
    ["a day on which clocks go forward", "day", "2026-03-29T12:00:00Z", "Europe/Berlin", 23],
    ["a day on which clocks go back", "day", "2026-10-25T12:00:00Z", "Europe/Berlin", 25],
    ["a day on which they go by half an hour", "day", "2026-04-05T00:00:00Z", "Australia/Lord_Howe", 24.5],
    ["a usual day", "day", "2026-11-23T12:00:00Z", "Europe/Berlin", 24],
    ["October", "month", "2026-10-25T12:00:00Z", "Europe/Berlin", 31 * 24 + 1],
    ["February of a leap year", "month", "2028-02-29T23:59:59.999Z", "UTC", 29 * 24],
  ] as const)("has the hours of its clock: %s", (_, scope, at, zone, hours) => {
    expect(inHours(scope, at, zone)).toBe(hours);
  });

  it("begins on Monday and on the 1st, on the clock of the zone", () => {
    const at = Date.parse("2026-11-01T03:00:00Z");

    expect(periodOf("week", at, "UTC").key).toBe("week:2026-10-26T00:00:00Z");
    expect(periodOf("month", at, "UTC").key).toBe("month:2026-11-01T00:00:00Z");
    expect(periodOf("month", at, "America/New_York").key).toBe("month:2026-10-01T04:00:00Z");
  });

  it("gives the hour that comes twice two periods", () => {
    const first = Date.parse("2026-10-25T00:30:00Z");

    expect(periodOf("hour", first, "Europe/Berlin").key).not.toBe(periodOf("hour", first + hourMs, "Europe/Berlin").key);
  });

  it("follows the one before without gap or overlap, in every zone and over every change of the clocks", () => {
    assert(
      property(constantFrom(...periodScopes), constantFrom(...zones), integer({ min: from, max: to }), (scope, zone, at) => {
        const { key, start, end } = periodOf(scope, at, zone);

        expect(start <= at && at < end).toBe(true);
        expect(periodOf(scope, start, zone)).toEqual({ key, start, end });
        expect(periodOf(scope, end - 1, zone)).toEqual({ key, start, end });
        expect(periodOf(scope, end, zone).start).toBe(end);
      }),
      { numRuns: 200 },
    );
  });

  it("has no gap at the very changes of the clocks", () => {
    for (const zone of zones) {
      let change = Temporal.Instant.from("2024-01-01T00:00:00Z").toZonedDateTimeISO(zone).getTimeZoneTransition("next");
      for (let count = 0; change && count < 2; count++, change = change.getTimeZoneTransition("next")) {
        for (const scope of periodScopes) {
          for (const at of [change.epochMilliseconds - 1, change.epochMilliseconds, change.epochMilliseconds + 1]) {
            const period = periodOf(scope, at, zone);
            expect(period.start <= at && at < period.end).toBe(true);
            expect(periodOf(scope, period.end, zone).start).toBe(period.end);
            expect(periodOf(scope, period.start, zone).key).toBe(period.key);
          }
        }
      }
    }
  });
});
