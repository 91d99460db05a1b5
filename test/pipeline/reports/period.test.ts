import { describe, expect, it } from "vitest";
import { closedWeek, lastDays, periodBefore, periodInWords } from "../../../src/pipeline/reports/period.ts";

const at = (moment: string): number => Date.parse(moment);
const written = ({ since, until }: { since: number; until: number }) =>
  [since, until].map((each) => new Date(each).toISOString().slice(0, 16));
const hourMs = 3_600_000;

describe("the week that is over", () => {
  it.each([
    ["UTC", "2026-11-23T00:00:00Z", "2026-11-16T00:00", "2026-11-23T00:00"],
    ["UTC", "2026-11-22T23:59:59Z", "2026-11-09T00:00", "2026-11-16T00:00"],
    // There it is Monday already, and there Sunday still.
    ["Pacific/Auckland", "2026-11-22T12:00:00Z", "2026-11-15T11:00", "2026-11-22T11:00"],
    ["America/New_York", "2026-11-23T04:59:00Z", "2026-11-09T05:00", "2026-11-16T05:00"],
    // The clocks changed on its Sunday: 167 and 169 hours.
    ["Europe/Berlin", "2026-03-30T07:00:00Z", "2026-03-22T23:00", "2026-03-29T22:00"],
    ["Europe/Berlin", "2026-10-26T08:00:00Z", "2026-10-18T22:00", "2026-10-25T23:00"],
    // The new year begins in the middle of it.
    ["UTC", "2027-01-04T09:00:00Z", "2026-12-28T00:00", "2027-01-04T00:00"],
  ])("is from Monday to Monday in %s at %s", (zone, now, since, until) => {
    expect(written(closedWeek(at(now), zone))).toEqual([since, until]);
  });

  it.each([
    ["2026-04-06T07:00:00Z", 168, 167],
    ["2026-03-30T07:00:00Z", 167, 168],
    ["2026-11-02T08:00:00Z", 168, 169],
    ["2026-10-26T08:00:00Z", 169, 168],
  ])("stands beside the whole one before, whatever the clocks did: at %s", (now, hours, hoursBefore) => {
    const week = closedWeek(at(now), "Europe/Berlin");
    const before = periodBefore(week, "Europe/Berlin");

    expect([(week.until - week.since) / hourMs, (before.until - before.since) / hourMs]).toEqual([hours, hoursBefore]);
    expect(before.until).toBe(week.since);
  });
});

describe("other periods", () => {
  it("compare a month with the month before", () => {
    const month = { since: at("2026-02-28T23:00:00Z"), until: at("2026-03-31T22:00:00Z") };

    expect(written(periodBefore(month, "Europe/Berlin"))).toEqual(["2026-01-31T23:00", "2026-02-28T23:00"]);
  });

  it("of days hold today as far as it has come", () => {
    expect(written(lastDays(7, at("2026-03-30T10:30:00Z"), "Europe/Berlin"))).toEqual(["2026-03-23T23:00", "2026-03-30T10:30"]);
  });
});

describe("a period in words", () => {
  it.each([
    ["2026-11-16", "2026-11-23", "16–22 November 2026"],
    ["2026-11-30", "2026-12-07", "30 November – 6 December 2026"],
    ["2026-12-28", "2027-01-04", "28 December 2026 – 3 January 2027"],
    ["2026-11-16", "2026-11-17", "16 November 2026"],
  ])("from %s to %s is %s", (since, until, words) => {
    expect(periodInWords({ since: at(since), until: at(until) }, "UTC")).toBe(words);
  });
});
