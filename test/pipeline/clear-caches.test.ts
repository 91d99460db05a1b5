import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clearing, clearCachesTask, createClearCaches } from "../../src/pipeline/clear-caches.ts";
import type { Json } from "../../src/pipeline/json.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { anOperation } from "../contracts/operations.ts";

const now = Date.UTC(2026, 10, 22, 9);

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const { intent, place, asker } = anOperation();
const caches = Array.from({ length: 60 }, (_, index) => ({ key: `c${index}`, ref: "refs/heads/main", sizeBytes: 1_000 }));
const clearing: Clearing = { intent, place, asker, caches, repository: "acme/shop", askedAt: now - 600_000 };
const freeze = { repository: "acme/shop", by: "grace", intent: "freeze-1", since: now };

/** Runs the job; after that many caches something happens. */
async function clear(happens?: readonly [after: number, what: () => Promise<unknown>]) {
  let deleted = 0;
  const services = {
    ...state,
    caches: {
      list: async () => [],
      async delete() {
        deleted += 1;
        if (deleted === happens?.[0]) await happens[1]();
        return true;
      },
    },
    wait: async () => {},
    now: () => now,
  };
  const job = { id: "j", task: clearCachesTask, payload: clearing as unknown as Json, attempt: 1, signal: new AbortController().signal };
  await createClearCaches(services)(job);
  const [end] = await state.records.transaction(({ audit }) => audit.latest(1));
  return { deleted, end, said: JSON.stringify(end?.reply.parts) };
}

describe("clearing caches", () => {
  it("stops soon after the repository is frozen, says so, and has its end in the audit", async () => {
    const { deleted, end, said } = await clear([10, () => state.records.transaction(({ freezes }) => freezes.put(freeze))]);

    expect(deleted).toBe(25);
    expect(end).toMatchObject({ intent: `${intent}:end`, command: "clear-cache", outcome: "refused", reason: "frozen" });
    expect(said).toContain("acme/shop is frozen since 2026-11-22 09:00 UTC by grace");
    expect(said).toContain("25 of 60 caches in acme/shop were deleted before that.");
  });

  it("has its end in the audit when all are gone", async () => {
    const { deleted, end } = await clear();

    expect(deleted).toBe(60);
    expect(end).toMatchObject({ intent: `${intent}:end`, outcome: "done", reason: "cleared" });
  });
});
