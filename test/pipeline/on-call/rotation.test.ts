import { describe, expect, it } from "vitest";
import { rotationTimeline } from "../../../src/pipeline/on-call/rotation.ts";
import type { Rotation } from "../../../src/pipeline/on-call/schedule.ts";

const aRotation = (given: Partial<Rotation> = {}): Rotation => ({
  zone: "Europe/Berlin",
  starts: "2026-01-05",
  handover: "09:00",
  everyDays: 7,
  people: ["UADA", "UGRACE"],
  overrides: [],
  ...given,
});
const at = (rotation: Rotation, moment: string) => {
  const { people, until } = rotationTimeline(rotation)(Date.parse(moment));
  return `${people.join(",") || "nobody"} until ${until === undefined ? "?" : new Date(until).toISOString().slice(0, 16)}`;
};

describe("a rotation", () => {
  it("has nobody on call before its first hand-over", () => {
    expect(at(aRotation(), "2026-01-05T07:59:59Z")).toBe("nobody until 2026-01-05T08:00");
    expect(at(aRotation(), "2026-01-05T08:00Z")).toBe("UADA until 2026-01-12T08:00");
  });

  it.each([
    // The clocks go from 02:00 to 03:00: a hand-over at 02:30 is at 03:30, which is as late as 02:30 would have been.
    ["Europe/Berlin", "2026-03-28", "02:30", "2026-03-29T01:30"],
    // They show 02:30 twice: the first counts.
    ["Europe/Berlin", "2026-10-24", "02:30", "2026-10-25T00:30"],
    // Half an hour is skipped, from 02:00 to 02:30, and repeated, from 01:30.
    ["Australia/Lord_Howe", "2026-10-03", "02:15", "2026-10-03T15:45"],
    ["Australia/Lord_Howe", "2026-04-04", "01:45", "2026-04-04T14:45"],
    // Where summer time began at midnight, the day had none.
    ["America/Sao_Paulo", "2018-11-03", "00:00", "2018-11-04T03:00"],
  ])("in %s, from %s, hands over at %s when the clocks change: %s", (zone, starts, handover, until) => {
    const rotation = aRotation({ zone, starts, handover, everyDays: 1 });

    const first = rotationTimeline(rotation)(Date.parse(until) - 60 * 60_000);

    expect(at(rotation, new Date(Date.parse(`${until}Z`) - 1).toISOString())).toBe(`UADA until ${until}`);
    expect(first.people).toEqual(["UADA"]);
  });

  it("counts an override from its beginning, and no more at its end", () => {
    const rotation = aRotation({ overrides: [{ from: "2026-01-07T18:00", to: "2026-01-08T09:00", person: "UEVE" }] });

    expect(at(rotation, "2026-01-07T16:59:59.999Z")).toBe("UADA until 2026-01-07T17:00");
    expect(at(rotation, "2026-01-07T17:00Z")).toBe("UEVE until 2026-01-08T08:00");
    expect(at(rotation, "2026-01-08T08:00Z")).toBe("UADA until 2026-01-12T08:00");
  });

  it("has one long shift where somebody goes on after an override or a hand-over", () => {
    const overrides = [{ from: "2026-01-10T09:00", to: "2026-01-13T09:00", person: "UGRACE" }];

    expect(at(aRotation({ overrides }), "2026-01-11T00:00Z")).toBe("UGRACE until 2026-01-19T08:00");
    expect(at(aRotation({ overrides }), "2026-01-05T08:00Z")).toBe("UADA until 2026-01-10T08:00");
  });

  it("has no end where one person does it all", () => {
    expect(at(aRotation({ people: ["UADA", "UADA"] }), "2026-02-01T00:00Z")).toBe("UADA until ?");
    const overrides = [{ from: "2051-01-07T18:00", to: "2051-01-08T09:00", person: "UEVE" }];
    expect(at(aRotation({ people: ["UADA"], everyDays: 1, overrides }), "2026-02-01T00:00Z")).toBe("UADA until 2051-01-07T17:00");
  });

  it("skips nobody where a whole day is skipped", () => {
    const samoa = aRotation({ zone: "Pacific/Apia", starts: "2011-12-28", everyDays: 1, people: ["U1", "U2", "U3", "U4"] });

    expect(at(samoa, "2011-12-29T20:00Z")).toBe("U2 until 2011-12-30T19:00");
    expect(at(samoa, "2011-12-30T19:00Z")).toBe("U4 until 2011-12-31T19:00");
  });
});
