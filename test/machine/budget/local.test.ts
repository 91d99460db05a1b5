import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderGranted, renderStandings } from "../../../src/cli/budget/print.ts";
import { localBudgets } from "../../../src/machine/budget/local.ts";
import { aBook, usd } from "../../pipeline/budgets/spending.ts";

const minuteMs = 60_000;
let folder: string;
let now = Date.parse("2026-11-23T12:00:00Z");
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
});
afterAll(() => rm(folder, { recursive: true }));

const budgets = () => localBudgets(join(folder, "nextrust.db"), { money: { zone: "UTC" }, priceBook: aBook(), now: () => now });
const wish = (id: string, dollars: string) => ({ id, service: "claude-code", estimatePico: usd(dollars), leaseMs: 10 * minuteMs });

describe("the budgets of a state file", () => {
  it("are kept on a machine without a bot", async () => {
    expect(await budgets().reserve(wish("w1", "60"))).toEqual({ isGranted: true });

    const refused = await budgets().reserve(wish("w2", "50"));

    expect(renderGranted("w2", refused, false)).toContain("The budget of 2026-11-23 has $40.00 left");
    expect(renderStandings(await budgets().standings({}), false, 100)).toMatchInlineSnapshot(`
      "Budget      Spent                                                         Outlook
      2026-11-23  $0.00 of $100.00 (0 %), up to $60.00 more by calls under way  until 2026-11-24 00:00
      Days and hours are those of UTC. Subscriptions and free calls count against none.
      "
    `);
  });

  it("count what nobody settled as spent when its time is over, although no bot runs", async () => {
    now += 11 * minuteMs;

    expect(await budgets().reserve(wish("w3", "1"))).toEqual({ isGranted: true });

    expect((await budgets().standings({})).budgets).toMatchObject([{ spentUsd: "60", reservedUsd: "1" }]);
    expect(await budgets().settle("w1")).toBe(true);
    expect((await budgets().standings({})).budgets).toMatchObject([{ spentUsd: "0", reservedUsd: "1" }]);
  });

  it("are printed for programs, too", async () => {
    expect(JSON.parse(renderGranted("w4", await budgets().reserve(wish("w4", "100")), true))).toMatchObject({
      id: "w4",
      isGranted: false,
      leftUsd: "99",
      retryAt: "2026-11-24T00:00:00.000Z",
    });
  });
});
