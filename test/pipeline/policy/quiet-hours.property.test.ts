import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEndless } from "../../../src/pipeline/policy/quiet-hours.ts";
import { weekdays } from "../../../src/pipeline/policy/rule.ts";
import { aFinishedRun } from "./a-finished-run.ts";
import { startTelling } from "./telling.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const time = fc.integer({ min: 0, max: 24 * 4 - 1 }).map((quarter) => new Date(quarter * 15 * minuteMs).toISOString().slice(11, 16));
const window = fc
  .record({
    from: time,
    to: time,
    zone: fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"),
    days: fc.option(fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), { nil: undefined }),
  })
  .filter(({ from, to }) => from !== to);
const windows = fc.array(window, { maxLength: 2 }).filter((all) => !isEndless(all));
/** Around the days on which clocks change. */
const changes = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"];
const start = fc.constantFrom(...changes).map((day) => Date.parse(`${day}T00:00:00Z`) - dayMs / 2);
const gaps = fc.array(fc.integer({ min: 0, max: 180 }), { minLength: 1, maxLength: 25 });

describe("quiet hours", () => {
  it("drop nothing and tell nothing twice, whatever the windows and clocks do", async () => {
    await fc.assert(
      fc.asyncProperty(windows, start, gaps, async (quietHours, from, minutes) => {
        const telling = await startTelling([{ id: "C1", repositories: ["acme/shop"], notify: [{}], quietHours }], from);
        try {
          for (const [index, gap] of minutes.entries()) {
            await telling.until(telling.now + gap * minuteMs);
            const workflow = { workflow: `W${index}`, workflowId: index + 1, runId: index + 1 };
            await telling.end(aFinishedRun({ ...workflow, url: `https://github.example/runs/${index}.` }));
          }
          await telling.until(telling.now + 30 * dayMs);

          const all = telling
            .told()
            .map(({ words }) => words)
            .join("\n");
          for (const index of minutes.keys()) expect(all.split(`runs/${index}.`)).toHaveLength(2);
        } finally {
          await telling.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});
