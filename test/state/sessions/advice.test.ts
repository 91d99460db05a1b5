import { describe, expect, it } from "vitest";
import type { RequestTold } from "../../../src/pipeline/sessions/event.ts";
import { aJournalPlace } from "./an-open-journal.ts";

const aRequest = (id: string): RequestTold => ({
  type: "request",
  id,
  at: 1_764_000_000_000,
  channel: "o3",
  subject: "design",
  reason: "It failed.",
  details: "npm test",
});

describe("requests for advice", () => {
  it("wait, newest first, and each is made once only", () => {
    const { advice: requests } = aJournalPlace().open();

    const added = [requests.add(aRequest("a")), requests.add(aRequest("b")), requests.add({ ...aRequest("a"), reason: "Again." })];

    expect(added).toEqual([true, true, false]);
    expect(requests.newest(9)).toEqual([
      { ...aRequest("b"), state: "waiting" },
      { ...aRequest("a"), state: "waiting" },
    ]);
    expect([requests.has("a"), requests.has("c")]).toEqual([true, false]);
  });

  it("are the newest thousand", () => {
    const journal = aJournalPlace().open();

    journal.transaction(() => {
      for (let number = 0; number < 1_002; number++) journal.advice.add(aRequest(String(number)));
    });

    expect(journal.advice.newest(2_000)).toHaveLength(1_000);
    expect([journal.advice.has("1"), journal.advice.has("2")]).toEqual([false, true]);
  });
});
