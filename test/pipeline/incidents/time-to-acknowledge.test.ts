import { describe, expect, it } from "vitest";
import type { Transition } from "../../../src/pipeline/incidents/incident.ts";
import { spanInWords } from "../../../src/pipeline/incidents/span-in-words.ts";
import { acknowledgedIn, percentile, timeToAcknowledge } from "../../../src/pipeline/incidents/time-to-acknowledge.ts";
import { hourMs, minuteMs, start } from "./builders.ts";

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe("a percentile by nearest rank", () => {
  it.each([
    [[], 50, undefined],
    [[7], 50, 7],
    [[7], 90, 7],
    [[2, 1], 50, 1],
    [[2, 1], 90, 2],
    [[3, 1, 2], 50, 2],
    [upTo(10), 50, 5],
    [upTo(10), 90, 9],
    [upTo(11), 50, 6],
    [upTo(11), 90, 10],
    [upTo(100), 90, 90],
    [[10, 9, 100], 50, 10],
    [upTo(3), 0, 1],
    [upTo(3), 100, 3],
  ])("of %j at %i %% is %s", (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });
});

describe("the time to acknowledge", () => {
  const happened = (ordinal: number, kind: Transition["kind"], at: number): Transition => ({ incident: 1, ordinal, kind, reason: "r", at });

  it("goes from the beginning to the first who takes it, whatever comes after", () => {
    const timeline = [
      happened(1, "reopened", start),
      happened(2, "escalated", start + minuteMs),
      happened(3, "acknowledged", start + 5 * minuteMs),
      happened(4, "unacknowledged", start + 6 * minuteMs),
      happened(5, "acknowledged", start + hourMs),
    ];

    expect(timeToAcknowledge(timeline)).toBe(5 * minuteMs);
  });

  it("is not known of what nobody took", () => {
    expect(timeToAcknowledge([happened(1, "opened", start), happened(2, "recovered", start + 1)])).toBeUndefined();
  });

  it("counts what nobody took apart: it makes no percentile better", () => {
    expect(acknowledgedIn([1, undefined, 3, undefined])).toEqual({ of: 4, never: 2, p50: 1, p90: 3 });
    expect(acknowledgedIn([undefined])).toEqual({ of: 1, never: 1 });
    expect(acknowledgedIn([])).toEqual({ of: 0, never: 0 });
  });
});

describe("a span in words", () => {
  it.each([
    [0, "less than a minute"],
    [minuteMs - 1, "less than a minute"],
    [minuteMs, "1 min"],
    [59 * minuteMs, "59 min"],
    [hourMs, "1 h"],
    [80 * minuteMs, "1 h 20 min"],
    [24 * hourMs, "1 d"],
    [24 * hourMs + 59 * minuteMs, "1 d"],
    [51 * hourMs + minuteMs, "2 d 3 h"],
  ])("%i ms is %s", (ms, words) => {
    expect(spanInWords(ms)).toBe(words);
  });
});
