import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plannedTimeline } from "../../../src/pipeline/on-call/planned.ts";

const planned = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 50 }),
    until: fc.integer({ min: 0, max: 60 }),
    people: fc.uniqueArray(fc.constantFrom("A", "B", "C"), { maxLength: 3 }),
  }),
  { maxLength: 8 },
);

describe("what a calendar plans", () => {
  it("is at each moment what its entries say together, and holds until that changes", () => {
    fc.assert(
      fc.property(planned, fc.integer({ min: -1, max: 61 }), (entries, moment) => {
        const who = (at: number) =>
          [...new Set(entries.filter(({ from, until }) => from <= at && at < until).flatMap(({ people }) => people))].toSorted().join();

        const { people, until } = plannedTimeline(entries, 1_000)(moment);

        expect(people.join()).toBe(who(moment));
        const end = until ?? 100;
        for (let at = moment; at < end; at += 1) expect(who(at)).toBe(people.join());
        if (until !== undefined) expect(who(until)).not.toBe(people.join());
      }),
    );
  });

  it("tells no end that lies beyond what is known", () => {
    const at = plannedTimeline([{ from: 0, until: 20, people: ["A"] }], 20);

    expect(at(5)).toEqual({ people: ["A"] });
  });
});
