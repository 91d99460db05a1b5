import { describe, expect, it } from "vitest";
import { Intake } from "../../src/state/embedded/intake.ts";

describe("the intake of jobs", () => {
  let now = 0;
  const intakeAfter = (added: number, ended: number, ms = 100) => {
    const intake = new Intake(() => now);
    for (let index = 0; index < added; index += 1) intake.added();
    for (let index = 0; index < ended; index += 1) intake.ended();
    now += ms;
    return intake;
  };

  it.each([
    ["many come and few end", 500, 20, 100, true],
    ["a few come", 40, 0, 100, false],
    ["as many end as come", 500, 400, 100, false],
    ["a backlog is worked off", 0, 500, 100, false],
    ["many came over a long time", 500, 0, 5_000, false],
  ])("is flooded or not when %s", (_, added, ended, ms, isFlooded) => {
    expect(intakeAfter(added, ended, ms).isFlooded()).toBe(isFlooded);
  });

  it("is so until a calmer moment was seen", () => {
    const intake = intakeAfter(500, 0);

    expect([intake.isFlooded(), intake.isFlooded()]).toEqual([true, true]);
    now += 100;
    expect(intake.isFlooded()).toBe(false);
  });
});
