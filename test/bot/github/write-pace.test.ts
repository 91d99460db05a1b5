import { describe, expect, it } from "vitest";
import { createWritePace } from "../../../src/bot/github/write-pace.ts";

describe("the pace of writes", () => {
  it("allows a burst of five and then one a second", () => {
    let now = 0;
    const pace = createWritePace(undefined, () => now);

    expect([1, 2, 3, 4, 5, 6].map(() => pace.take())).toEqual([0, 0, 0, 0, 0, 1_000]);
    now += 999;
    expect(pace.take()).toBe(1);
    now += 1;
    expect([pace.take(), pace.take()]).toEqual([0, 1_000]);
    now += 60_000;
    expect([1, 2, 3, 4, 5, 6].map(() => pace.take() === 0)).toEqual([true, true, true, true, true, false]);
  });

  it("keeps some for what is more important", () => {
    const pace = createWritePace(undefined, () => 0);

    expect([1, 2, 3, 4].map(() => pace.take(2) === 0)).toEqual([true, true, true, false]);
    expect([pace.take(), pace.take()]).toEqual([0, 0]);
  });
});
