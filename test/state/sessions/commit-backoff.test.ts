import { describe, expect, it } from "vitest";
import { mostTries, triesKeptMs } from "../../../src/pipeline/sessions/commit-backoff.ts";
import { aJournalPlace } from "./an-open-journal.ts";

const at = 1_764_000_000_000;

describe("the backoff of a commit", () => {
  it("allows three tries of a kind, of all who try", () => {
    const place = aJournalPlace();
    const [one, other] = [place.open(), place.open()];

    const taken = [one, other, one, other, one].map(({ backoff }) => backoff.take("c1", "design request", at));

    expect(taken).toEqual([true, true, true, false, false]);
    expect(one.backoff.take("c1", "usage capture", at)).toBe(true);
    expect(one.backoff.take("c2", "design request", at)).toBe(true);
  });

  it("begins anew when it is cleared, and says what that forgot", () => {
    const { backoff } = aJournalPlace().open();
    for (let time = 0; time < mostTries; time++) backoff.take("c1", "design request", at + time);
    const before = backoff.newest(9);
    const wasSpent = [backoff.isSpent("c1", "design request"), backoff.isSpent("c1", "usage capture")];

    const cleared = [backoff.clear("c1"), backoff.clear("c1")];

    expect([...wasSpent, backoff.isSpent("c1", "design request")]).toEqual([true, false, false]);
    expect(before).toEqual([{ commit: "c1", tried: "design request", times: 3, lastAt: at + 2 }]);
    expect(cleared).toEqual([3, 0]);
    expect(backoff.take("c1", "design request", at)).toBe(true);
  });

  it("is forgotten after thirty days", () => {
    const { backoff } = aJournalPlace().open();
    for (let time = 0; time < mostTries; time++) backoff.take("c1", "design request", at);

    expect(backoff.take("c1", "design request", at + triesKeptMs + 1)).toBe(true);
  });
});
