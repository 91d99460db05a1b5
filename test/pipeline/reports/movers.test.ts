import { array, assert, bigInt, integer, option, property, record, string, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { changeOf, moversOf } from "../../../src/pipeline/reports/movers.ts";
import { sumOf } from "../../../src/pipeline/usage/money.ts";
import { aGroup, aSum } from "./a-usage-sum.ts";

describe("movers", () => {
  it("are what changed most, up or down, what came and what went among them", () => {
    const now = [aGroup("o3", "5"), aGroup("opus", "12"), aGroup("same", "3"), aGroup("new", "2"), aGroup(undefined, "0.5")];
    const before = [aGroup("o3", "9"), aGroup("opus", "11.50"), aGroup("same", "3"), aGroup("gone", "1"), aGroup(undefined, "0.25")];

    const { shown, rest } = moversOf(now, before, "metered", 3);

    expect(shown.map((mover) => [mover.name, changeOf(mover)])).toEqual([
      ["o3", -4n * 10n ** 12n],
      ["new", 2n * 10n ** 12n],
      ["gone", -(10n ** 12n)],
    ]);
    expect(rest).toEqual({ count: 2, changePico: 750_000_000_000n });
  });

  it("and the rest add up to the whole change, in any measure", () => {
    const name = option(string({ maxLength: 3 }), { nil: undefined });
    const cost = bigInt({ min: 0n, max: 10n ** 20n });
    const sums = uniqueArray(record({ name, metered: cost, subscription: cost }), {
      maxLength: 12,
      selector: (one) => JSON.stringify([one.name]),
    }).map((groups) => groups.map(({ name, ...costPico }) => aSum({ group: [name], costPico })));
    const measures = array(integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 1 }).map(
      ([which]) => (["metered", "subscription"] as const)[which ?? 0],
    );

    assert(
      property(sums, sums, integer({ min: 0, max: 5 }), measures, (now, before, most, measure = "metered") => {
        const { shown, rest } = moversOf(now, before, measure, most);

        const all = (some: typeof now) => sumOf(some.map(({ costPico }) => costPico[measure]));
        expect(sumOf(shown.map(changeOf)) + rest.changePico).toBe(all(now) - all(before));
        expect(shown.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 60 },
    );
  });
});
