import { describe, expect, it } from "vitest";
import type { ReachedBudget } from "../../../src/pipeline/sessions/standings.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { aJournal } from "./a-journal.ts";

const dayMs = 24 * 60 * 60_000;
const one: ReachedBudget = { level: "warning", name: "2026-11-23", argument: "day", spent: "$80.00 of $100.00 (80 %)", until: 5_000 };

describe("what is known of budgets", () => {
  it("is what was kept last for a session, for every process", () => {
    using journal = aJournal();
    const other = openJournal(journal.file);

    expect(other.standings.of("s1")).toBeUndefined();
    journal.standings.keep("s1", [one], 1_000);
    journal.standings.keep("s2", [], 1_500);
    expect(other.standings.of("s1")).toEqual({ at: 1_000, reached: [one] });
    journal.standings.keep("s1", [], 2_000);

    expect(other.standings.of("s1")).toEqual({ at: 2_000, reached: [] });
    other.close();
  });

  it("is forgotten after a day", () => {
    using journal = aJournal();
    journal.standings.keep("old", [one], 1_000);

    journal.standings.keep("new", [], 1_000 + dayMs);

    expect(journal.standings.of("old")).toBeUndefined();
  });
});

describe("what is done once", () => {
  it("is seen as taken by whoever only looks, until its time is over or it is given back", () => {
    using journal = aJournal();
    const { once } = journal;

    expect(once.isTaken("a", 0)).toBe(false);
    once.take("a", 100, 0);
    once.take("b", 100, 0);
    once.giveBack("b");

    expect([once.isTaken("a", 99), once.isTaken("a", 100), once.isTaken("b", 1)]).toEqual([true, false, false]);
  });
});
