import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastDigest, nextDigest } from "../../../../src/pipeline/incidents/digest/digest-time.ts";
import { weekdays } from "../../../../src/pipeline/policy/rule.ts";

const nine = (zone: string, at = "09:00") => ({ at, zone });
const next = (time: Parameters<typeof nextDigest>[0], now: string) => {
  const moment = nextDigest(time, Date.parse(now));
  return moment && `${moment.date} ${new Date(moment.at).toISOString()}`;
};

describe("when a digest is due", () => {
  it.each([
    ["Berlin's spring", nine("Europe/Berlin"), "2026-03-28T08:00:00Z", "2026-03-29 2026-03-29T07:00:00.000Z"],
    ["Berlin's autumn", nine("Europe/Berlin"), "2026-10-24T07:00:00Z", "2026-10-25 2026-10-25T08:00:00.000Z"],
    ["New York's spring", nine("America/New_York"), "2026-03-07T14:00:00Z", "2026-03-08 2026-03-08T13:00:00.000Z"],
    ["New York's autumn", nine("America/New_York"), "2026-10-31T13:00:00Z", "2026-11-01 2026-11-01T14:00:00.000Z"],
    ["a time that the clock skips", nine("Europe/Berlin", "02:30"), "2026-03-29T00:00:00Z", "2026-03-29 2026-03-29T01:30:00.000Z"],
    ["a time that comes twice", nine("Europe/Berlin", "02:30"), "2026-10-25T00:29:00Z", "2026-10-25 2026-10-25T00:30:00.000Z"],
    ["the second of these", nine("Europe/Berlin", "02:30"), "2026-10-25T00:30:00Z", "2026-10-26 2026-10-26T01:30:00.000Z"],
    ["an evening over there", nine("America/New_York", "21:00"), "2026-11-23T01:59:00Z", "2026-11-22 2026-11-23T02:00:00.000Z"],
    [
      "a Friday, told on Mondays",
      { ...nine("UTC"), days: ["mon"] as const },
      "2026-11-20T10:00:00Z",
      "2026-11-23 2026-11-23T09:00:00.000Z",
    ],
    ["a Monday just told", { ...nine("UTC"), days: ["mon"] as const }, "2026-11-23T09:00:00Z", "2026-11-30 2026-11-30T09:00:00.000Z"],
  ])("%s", (_, time, now, expected) => {
    expect(next(time, now)).toBe(expected);
  });

  it("is at that time on the clock there, once each day that was asked for, on every day of the year", () => {
    const clock = fc.tuple(fc.integer({ min: 4, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC");
    const now = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

    const rule = fc.property(clock, zone, fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), now, (parts, zone, days, now) => {
      const at = parts.map((part) => `${part}`.padStart(2, "0")).join(":");
      const [last, next] = [lastDigest({ at, zone, days }, now), nextDigest({ at, zone, days }, now)];
      const there = (moment = 0) => Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone);

      for (const moment of [last, next]) {
        expect(there(moment?.at).toPlainTime().toString()).toBe(`${at}:00`);
        expect(there(moment?.at).toPlainDate().toString()).toBe(moment?.date);
        expect(days).toContain(weekdays[there(moment?.at).dayOfWeek - 1]);
      }
      expect(last?.at).toBeLessThanOrEqual(now);
      expect(next?.at).toBeGreaterThan(now);
      expect(nextDigest({ at, zone, days }, (next?.at ?? 0) - 1)).toEqual(next);
      expect(nextDigest({ at, zone, days }, last?.at ?? 0)).toEqual(next);
    });
    fc.assert(rule, { numRuns: 200 });
  });
});
