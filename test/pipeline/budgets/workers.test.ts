import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from "fast-check";
import { expect, it } from "vitest";
import { aBook, startSpending } from "./spending.ts";

const step = record({
  worker: integer({ min: 0, max: 1 }),
  dollars: integer({ min: 1, max: 12 }),
  session: constantFrom("a", "b"),
  pullRequest: constantFrom(1, undefined),
  isLookedAt: boolean(),
});

const levelOf = (line: string) => line.split(" | ");

it("tells each level of each budget in each period once, whichever of two workers looks, and misses none", async () => {
  await assert(
    asyncProperty(array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
      const at = "2026-11-23T12:00:00Z";
      const workers = await Promise.all([0, 1].map(() => startSpending(at, aBook(), join(folder, "state.db"))));
      try {
        for (const { worker, dollars, session, pullRequest, isLookedAt } of steps) {
          const about = { session, ...(pullRequest !== undefined && { repository: "acme/shop", pullRequest }) };
          await workers[worker]?.record(dollars, { ...about, id: `${Math.random()}` });
          if (isLookedAt) await Promise.all(workers.map((one) => one.look()));
        }
        await Promise.all(workers.map((one) => one.look()));

        const messages = workers.flatMap((one) => one.told());
        const told = messages.flatMap((line) => line.split(" / ").filter((part) => part.includes(" | ")));
        // Whoever tells what the other one has told already has nothing of its own to tell.
        expect(messages.filter((line) => !line.includes(" | "))).toEqual([]);
        const named = told.map((row) => levelOf(row).slice(0, 3).join(" "));
        expect(new Set(named).size).toBe(named.length);
        expect(new Set(told.map((row) => levelOf(row)[0]))).toEqual(overBudget(steps));
      } finally {
        await Promise.all(workers.map((one) => one.close()));
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 12 },
  );
});

function overBudget(steps: readonly { dollars: number; session: string; pullRequest: number | undefined }[]): ReadonlySet<string> {
  const spent = (fits: (one: (typeof steps)[number]) => boolean) => steps.filter(fits).reduce((sum, { dollars }) => sum + dollars, 0);
  return new Set([
    ...["a", "b"].filter((name) => spent(({ session }) => session === name) >= 8).map((name) => `session ${name}`),
    ...(spent(({ pullRequest }) => pullRequest === 1) >= 16 ? ["acme/shop#1"] : []),
    ...(spent(() => true) >= 80 ? ["2026-11-23"] : []),
  ]);
}
