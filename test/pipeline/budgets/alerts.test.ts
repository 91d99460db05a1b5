import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { periodOf } from "../../../src/pipeline/budgets/period.ts";
import { createTouchBudget } from "../../../src/pipeline/budgets/touch.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import { emptyBook } from "../../../src/pipeline/usage/price-book.ts";
import { aBook, type Spending, startSpending, usd } from "./spending.ts";

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

let spending: Spending;
beforeEach(async () => {
  spending = await startSpending("2026-11-23T12:00:00Z");
});
afterEach(() => spending.close());

const raise = (budget: string, limit: string, until: number) =>
  spending.tx(({ budgets }) =>
    budgets.override({ budget, limitPico: usd(limit), by: "ada", reason: "release", from: spending.now, until }),
  );

const pull = { repository: "acme/shop", pullRequest: 12, session: "s1" } as const;

describe("an alert", () => {
  it("is one message for all that one look finds crossed, the worst first", async () => {
    await spending.spend(90, pull);

    expect(spending.told()).toHaveLength(1);
    expect(spending.told()[0]).toMatch(/^session s1: \$90\.00 of \$10\.00 \(900 %\), and 2 more/);
    expect(spending.told()[0]).toContain("acme/shop#12 | pull request | twice spent | $90.00 of $20.00 (450 %)");
    expect(spending.told()[0]).toContain("2026-11-23 | day | past its warning | $90.00 of $100.00 (90 %)");
  });

  it("says nothing below the warning, and nothing anew while no further level is reached", async () => {
    await spending.spend(7, pull);
    expect(spending.told()).toEqual([]);

    await spending.spend(1, pull);
    await spending.spend(1, pull);

    expect(spending.told()).toEqual([expect.stringMatching(/^session s1: \$8\.00 of \$10\.00 \(80 %\)/)]);
    expect(spending.edits()).toEqual([1]);
  });

  it("comes again for each further level, once", async () => {
    for (let dollar = 0; dollar < 30; dollar++) await spending.spend(1, { session: "s1" });

    expect(spending.told().map((line) => line.split(" / ")[0])).toEqual([
      "session s1: $8.00 of $10.00 (80 %)",
      "session s1: $10.00 of $10.00 (100 %)",
      "session s1: $15.00 of $10.00 (150 %)",
      "session s1: $20.00 of $10.00 (200 %)",
    ]);
  });

  it("is one an hour of each level for all sessions that cross it, with as many rows as people read", async () => {
    spending.book = aBook({ thresholds: { session: { warningPico: usd("8"), criticalPico: usd("10") } } });
    for (let session = 0; session < 60; session++) await spending.record(8, { session: `s${session}` });
    await spending.look();
    await spending.spend(9, { session: "later" });
    await spending.spend(10, { session: "dear" });

    expect(spending.told().map((line) => line.split(" / ")[0])).toEqual([
      "session later: $9.00 of $10.00 (90 %), and 60 more",
      "session dear: $10.00 of $10.00 (100 %)",
    ]);
    expect(spending.told()[0]?.match(/ \| /g)).toHaveLength(12 * 3);

    spending.now += hourMs;
    await spending.spend(8, { session: "next" });

    expect(spending.told()[2]).toMatch(/^session next/);
  });

  it("comes again in the next period", async () => {
    await spending.spend(80, {});
    spending.now += dayMs;
    await spending.spend(79, {});
    expect(spending.told()).toHaveLength(1);

    await spending.spend(1, {});

    expect(spending.told().map((line) => line.split(" / ")[0])).toEqual([
      "2026-11-23: $80.00 of $100.00 (80 %)",
      "2026-11-24: $80.00 of $100.00 (80 %)",
    ]);
  });

  it("takes the day on the clock of the zone", async () => {
    spending.now = Date.parse("2026-11-23T22:59:59.999Z");
    await spending.spend(50, {});
    spending.now = Date.parse("2026-11-23T23:00:00.000Z");
    await spending.spend(50, {});

    expect(spending.told()).toEqual([]);
  });

  it("is of no subscription and of nothing free", async () => {
    await spending.spend(500, { ...pull, basis: "subscription" });
    await spending.spend(500, { ...pull, basis: "free" });

    expect(spending.told()).toEqual([]);
  });

  it("takes back what a raised limit makes true no more, in its message, and comes again at the new one", async () => {
    await spending.spend(10, { session: "s1" });
    await spending.tx(({ budgets }) =>
      budgets.override({
        budget: "session:s1",
        limitPico: usd("20"),
        by: "ada",
        reason: "release",
        from: spending.now,
        until: spending.now + dayMs,
      }),
    );
    await spending.tx(({ budgets }) =>
      budgets.touch([{ key: "session:s1", period: "always", subject: { scope: "session", session: "s1" } }]),
    );
    await spending.look();

    expect(spending.told()).toEqual([expect.stringContaining("Within the budget again: session s1")]);
    expect(spending.told()[0]).toContain("session s1 | session | within it again | was $10.00 of $10.00 (100 %)");
    // A session knows no clock.
    expect(spending.told()[0]).not.toContain("Days and hours");
    await spending.spend(6, { session: "s1" });
    expect(spending.told()[1]).toMatch(/^session s1: \$16\.00 of \$20\.00 \(80 %\)/);
  });

  it.each([
    ["moves to another session", 11, { id: "first", session: "s2" }],
    ["turns out to be paid by a subscription", 10, { id: "first", session: "s1", basis: "subscription" }],
    ["was a sum, of which a request comes", 1, { id: "one", session: "s1" }],
  ] as const)("is taken back when what was spent %s", async (_, amount, again) => {
    await spending.spend(10, { id: "first", session: "s1", ...(again.id === "one" && { sumOf: "session:s1" }) });
    await spending.spend(amount, again);

    expect(spending.told()[0]).toContain("session s1 | session | within it again");
  });

  it("is not begun for what comes to light when its period is long over, but amends the one of that period", async () => {
    const yesterday = spending.now - dayMs;
    await spending.spend(85, { at: yesterday });
    expect(spending.told()).toEqual([]);

    await spending.spend(85, {});
    spending.now += dayMs;
    await spending.spend(30, { at: spending.now - dayMs });

    expect(spending.told()).toHaveLength(1);
    expect(spending.told()[0]).toMatch(/^2026-11-23: \$115\.00 of \$100\.00 \(115 %\)/);
  });

  it("does not come when the day that a raised limit was for is over, nor by what comes late to it", async () => {
    await spending.spend(10, {});
    await raise("day", "300", Date.parse("2026-11-23T23:00:00Z"));
    await spending.spend(200, {});
    spending.now = Date.parse("2026-11-23T23:00:05Z");
    await spending.spend(1, { at: spending.now - 60_000 });

    expect(spending.told()).toEqual([]);
  });

  it("is not taken back from yesterday by a limit that is raised for today", async () => {
    await spending.spend(100, {});
    spending.now += dayMs;
    await raise("day", "300", spending.now + dayMs);
    await spending.spend(1, { at: spending.now - dayMs });

    expect(spending.told()).toEqual([expect.stringMatching(/^2026-11-23: \$100\.00 of \$100\.00/)]);
  });

  it("names a model without a price once a month", async () => {
    await spending.spend(5, { model: "nobody-knows" });
    await spending.spend(5, { model: "nobody-knows" });

    expect(spending.told()).toEqual([expect.stringMatching(/^nobody-knows has no price/)]);
  });

  it("is told to nobody where alerts are switched off, and there is none without a budget", async () => {
    spending.book = aBook({ isAlerting: false });
    await spending.spend(500, pull);
    spending.book = { ...emptyBook, isAlerting: true, models: aBook().models };
    await spending.spend(500, { session: "s2" });

    expect(spending.told()).toEqual([]);
  });

  it("stands on a pull request whose readers are few, or where the settings allow it, and on no other public one", async () => {
    spending.isPrivate = false;
    await spending.spend(16, pull);
    expect(spending.onPulls()).toEqual([]);

    spending.internalsOn.push("Acme/Shop");
    await spending.spend(4, pull);
    expect(spending.onPulls()).toEqual([expect.stringMatching(/^acme\/shop#12: \$20\.00 of \$20\.00/)]);

    spending.isPrivate = true;
    await spending.spend(16, { repository: "acme/other", pullRequest: 3 });
    expect(spending.onPulls()).toHaveLength(2);
  });
});

it("stands nowhere where the App is not, which is no mistake", async () => {
  await spending.spend(16, { repository: "else/where", pullRequest: 3 });

  expect(spending.told()).toHaveLength(1);
  expect(spending.onPulls()).toEqual([]);
});

it("is looked at for the day that is under way when a limit of many days ends", async () => {
  const day = periodOf("day", spending.now - dayMs, "Europe/Berlin");
  const services = { records: { transaction: spending.tx }, money: { zone: "Europe/Berlin" }, timings, now: () => spending.now };

  const touched = { key: "day", period: day.key, subject: { scope: "day", period: day } };
  await createTouchBudget(services as never)({ payload: touched } as never);

  const today = periodOf("day", spending.now, "Europe/Berlin").key;
  expect(await spending.tx(({ budgets }) => budgets.takeTouched(9))).toMatchObject([{ key: "day", period: today }]);
});

describe("the pace of a month", () => {
  beforeEach(() => {
    spending.book = aBook({ thresholds: { month: { warningPico: usd("800"), criticalPico: usd("1000") } } });
  });

  it("is told when the month will end over its budget, not before a tenth of it and five sessions", async () => {
    spending.now = Date.parse("2026-11-02T12:00:00Z");
    for (const session of ["a", "b", "c", "d", "e"]) await spending.record(15, { session, at: Date.parse("2026-11-01T10:00:00Z") });
    await spending.look();
    expect(spending.told()).toEqual([]);

    spending.now = Date.parse("2026-11-04T12:00:00Z");
    await spending.spend(50, { session: "f", at: spending.now - 8 * hourMs });

    expect(spending.told()).toEqual([expect.stringMatching(/^November 2026 is on its way to \$1,0\d\d\.\d\d of \$1,000\.00/)]);
  });

  it("is told once a day when it burns many times faster than it lasts, and at a dollar at least", async () => {
    await spending.spend(30, {});
    spending.now += hourMs;
    await spending.spend(30, {});

    expect(spending.told()).toEqual([expect.stringMatching(/^\$30\.00 went within hours/)]);
  });

  it("is told though something of the month before comes to light in the same look", async () => {
    spending.now = Date.parse("2026-12-01T12:00:00Z");
    await spending.record(1, { at: Date.parse("2026-11-23T12:00:00Z") });
    await spending.spend(30, {});

    expect(spending.told()).toEqual([expect.stringMatching(/^\$30\.00 went within hours/)]);
  });
});
