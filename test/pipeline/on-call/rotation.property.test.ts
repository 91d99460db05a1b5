import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rotationTimeline } from "../../../src/pipeline/on-call/rotation.ts";
import type { Rotation } from "../../../src/pipeline/on-call/schedule.ts";

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"];
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Days on or around which clocks change in one of the zones; Brazil's did until 2019. */
const startDays = ["2018-02-10", "2018-10-28", "2026-02-27", "2026-03-20", "2026-03-28", "2026-09-25", "2026-10-20", "2026-10-31"];
const two = (value: number) => String(value).padStart(2, "0");
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
/** The hours in which clocks change, more often than chance has them. */
const handover = fc.oneof(clock, fc.constantFrom("00:00", "00:30", "01:30", "01:45", "02:00", "02:15", "02:30", "03:00"));

/** A hand-over that does not exist, or exists twice, within two weeks. */
const edges = [
  ["Europe/Berlin", "2026-03-20", "02:30"],
  ["Europe/Berlin", "2026-10-20", "02:30"],
  ["America/New_York", "2026-02-27", "02:15"],
  ["America/New_York", "2026-10-20", "01:45"],
  ["Australia/Lord_Howe", "2026-09-25", "02:15"],
  ["Australia/Lord_Howe", "2026-03-28", "01:45"],
  ["America/Sao_Paulo", "2018-10-28", "00:30"],
  ["America/Sao_Paulo", "2018-02-10", "23:30"],
] as const;
const places = fc.oneof(
  fc.record({ zone: fc.constantFrom(...zones), starts: fc.constantFrom(...startDays), handover }),
  fc.constantFrom(...edges).map(([zone, starts, at]) => ({ zone, starts, handover: at })),
);

const rotations = fc
  .record({
    place: places,
    everyDays: fc.integer({ min: 1, max: 9 }),
    people: fc.uniqueArray(fc.constantFrom("U1", "U2", "U3", "U4"), { minLength: 2 }),
    overrides: fc.constant([]),
  })
  .map(({ place, ...rest }) => ({ ...place, ...rest }));

/** The n-th hand-over by the calendar, independent of the unit: the offset that holds there is tried out. */
function handoverAt({ zone, starts, handover: at, everyDays }: Rotation, turn: number): number {
  const wall = Date.parse(`${starts}T${at}:00Z`) + turn * everyDays * dayMs;
  const around = [wall - dayMs, wall + dayMs].map((moment) => offsetMs(moment, zone));
  const fitting = around.map((offset) => wall - offset).filter((moment) => moment + offsetMs(moment, zone) === wall);
  // In a gap the offset before it counts, which is as much later on the clock after it.
  return fitting.length > 0 ? Math.min(...fitting) : wall - (around[0] ?? 0);
}

const formats = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" }),
  ]),
);

function offsetMs(moment: number, zone: string): number {
  const [day = "", time = ""] = formats.get(zone)?.format(moment).split(", ") ?? [];
  return Date.parse(`${day.split("/").toReversed().join("-")}T${time}Z`) - moment;
}

/** Begins some shifts before and ends some after both changes of the clocks in a year. */
function shiftsOf(rotation: Rotation, count: number) {
  const at = rotationTimeline(rotation);
  let from = handoverAt(rotation, 0);
  return Array.from({ length: count }, () => {
    const { people, until = Number.NaN } = at(from);
    const shift = { people, from, until };
    from = until;
    return shift;
  });
}

describe("a rotation", () => {
  it("hands over by the clock on the wall on both sides of a change of the clocks, without gap or overlap", () => {
    fc.assert(
      fc.property(rotations, (rotation) => {
        const shifts = shiftsOf(rotation, 30);

        for (const [turn, { people, from, until }] of shifts.entries()) {
          expect(from).toBe(handoverAt(rotation, turn));
          expect(until).toBe(handoverAt(rotation, turn + 1));
          expect(people).toEqual([rotation.people[turn % rotation.people.length]]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same shift at every moment of it", () => {
    fc.assert(
      fc.property(rotations, fc.integer({ min: 0, max: 60 * 24 * 60 }), fc.boolean(), (rotation, minutes, isLast) => {
        const at = rotationTimeline(rotation);
        const moment = handoverAt(rotation, 0) + minutes * minuteMs + (isLast ? minuteMs - 1 : 0);
        let turn = 0;
        while (handoverAt(rotation, turn + 1) <= moment) turn += 1;

        expect(at(moment)).toEqual({ people: [rotation.people[turn % rotation.people.length]], until: handoverAt(rotation, turn + 1) });
      }),
      { numRuns: 300 },
    );
  });

  it("is taken over by the last override that holds, from its beginning to just before its end", () => {
    const override = fc.record({
      from: fc.integer({ min: 0, max: 40 * 24 }),
      hours: fc.integer({ min: 1, max: 200 }),
      person: fc.constantFrom("U1", "U8", "U9"),
    });
    fc.assert(
      fc.property(rotations, fc.array(override, { maxLength: 4 }), fc.integer({ min: 0, max: 50 * 24 * 2 }), (plain, wanted, halfHours) => {
        // In UTC an hour of the wall clock is an hour: what the model needs not compute again.
        const rotation = { ...plain, zone: "UTC" };
        const begin = handoverAt(rotation, 0);
        const local = (hours: number) => new Date(begin + hours * 60 * minuteMs).toISOString().slice(0, 16);
        const overrides = wanted.map(({ from, hours, person }) => ({ from: local(from), to: local(from + hours), person }));
        const who = (moment: number) =>
          overrides.findLast(({ from, to }) => Date.parse(`${from}Z`) <= moment && moment < Date.parse(`${to}Z`))?.person ??
          rotationTimeline(rotation)(moment).people[0];

        const at = rotationTimeline({ ...rotation, overrides });
        const moment = begin + halfHours * 30 * minuteMs;
        const shift = at(moment);

        expect(shift.people).toEqual([who(moment)]);
        for (let later = moment; later < (shift.until ?? 0); later += 60 * minuteMs) expect(who(later)).toBe(shift.people[0]);
        expect(who((shift.until ?? 0) - 1)).toBe(shift.people[0]);
        expect(who(shift.until ?? 0)).not.toBe(shift.people[0]);
      }),
      { numRuns: 100 },
    );
  });
});
