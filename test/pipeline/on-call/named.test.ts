import { describe, expect, it } from "vitest";
import { nameReader } from "../../../src/pipeline/on-call/named.ts";

const whoIs = nameReader({ "Ana Lima": "UANALIMA", Ana: "UANASOUZA", "ana@example.org": "UANALIMA", "J. (Jo) Øst": "UJO", Bo: "UBO" });
const inSummary = (summary: string) => whoIs({ summary, attendees: [] });

describe("an entry of a calendar", () => {
  it.each([
    ["Ana Lima", ["UANALIMA"]],
    ["On call: ana lima.", ["UANALIMA"]],
    ["Ana & Bo", ["UANASOUZA", "UBO"]],
    ["primary – ana@example.org", ["UANALIMA"]],
    ["J. (Jo) Øst", ["UJO"]],
    ["<@U0123ABCD> is on", ["U0123ABCD"]],
  ])("%j means %j", (summary, people) => {
    expect(inSummary(summary)).toMatchObject({ people: expect.arrayContaining(people), unknown: [] });
    expect(inSummary(summary).people).toHaveLength(people.length);
  });

  it.each(["Anabel", "Bob", "dana@example.org", "ana@example.org.evil", "URGENTLY WANTED", "J1 Øst"])(
    "%j means nobody that we know, and is said",
    (summary) => {
      expect(inSummary(summary)).toEqual({ people: [], unknown: [summary] });
    },
  );

  it("takes attendees by their whole address, and names those that are not known", () => {
    const attendees = ["ANA@example.org", "eve@example.org"];

    expect(whoIs({ summary: "On call", attendees })).toEqual({ people: ["UANALIMA"], unknown: ["eve@example.org"] });
  });

  it("says that an entry has no title", () => {
    expect(inSummary(" ")).toEqual({ people: [], unknown: ["(no title)"] });
  });

  it("takes names for text and for nothing else", () => {
    expect(nameReader({ "a.*": "U1" })({ summary: "abc __proto__ constructor", attendees: [] }).people).toEqual([]);
  });
});
