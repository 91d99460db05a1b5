import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aBook, type Spending, startSpending, usd, withLimits } from "./spending.ts";

const minuteMs = 60_000;
let spending: Spending;
beforeEach(async () => {
  spending = await startSpending("2026-11-23T12:00:00Z");
});
afterEach(() => spending.close());

const total = async () => (await spending.tx(({ ledger }) => ledger.sums({}, [])))[0]?.costPico.metered ?? 0n;

describe("a reservation", () => {
  it("lets one of two at 99 % run, and tells the other what is left", async () => {
    await spending.spend(99, {});

    const answers = await Promise.all([spending.ask(), spending.ask()]);

    expect(answers.filter(({ isGranted }) => isGranted)).toHaveLength(1);
    expect(answers.find(({ isGranted }) => !isGranted)).toEqual({
      isGranted: false,
      reason: "budget",
      leftPico: 0n,
      retryAt: Date.parse("2026-11-23T23:00:00Z"),
      message:
        "The budget of 2026-11-23 has $0.00 left: $99.00 of $100.00 is spent, $1.00 more reserved by what is under way. This call may take $1.00. " +
        "It begins anew at 2026-11-23 23:00 UTC. An admin can raise it: budget override day <amount> -- reason",
    });
  });

  it("gives who asks again the same answer, and who was refused another chance", async () => {
    const wish = { id: "w1", estimatePico: usd("100") };
    expect((await spending.ask(wish)).isGranted).toBe(true);
    expect((await spending.ask(wish)).isGranted).toBe(true);
    expect((await spending.ask({ id: "w2" })).isGranted).toBe(false);

    await spending.settle("w1");

    expect((await spending.ask({ id: "w2" })).isGranted).toBe(true);
    expect(await spending.ask(wish)).toMatchObject({ isGranted: false, reason: "over" });
  });

  it("keeps only what was not spent of it yet", async () => {
    await spending.ask({ id: "w1", estimatePico: usd("60") });
    await spending.record(40, { reservation: "w1" });

    expect((await spending.ask({ estimatePico: usd("41") })).isGranted).toBe(false);
    expect((await spending.ask({ estimatePico: usd("40") })).isGranted).toBe(true);
  });

  it("is asked of the session and the pull request, too, and tells of the tightest", async () => {
    await spending.spend(9, { session: "s1" });

    expect(await spending.ask({ session: "s1", estimatePico: usd("2") })).toMatchObject({ isGranted: false, leftPico: usd("1") });
    expect(await spending.ask({ session: "s2", estimatePico: usd("2") })).toEqual({ isGranted: true });
    expect(await spending.ask({ repository: "Acme/Shop", pullRequest: 1, estimatePico: usd("21") })).toMatchObject({
      isGranted: false,
      message: expect.stringContaining("budget override Acme/Shop#1 <amount>"),
    });
  });

  it("of a subscription or of what is free is held up by no budget", async () => {
    await spending.spend(500, {});

    expect(await spending.ask({ estimatePico: null })).toEqual({ isGranted: true });
  });

  it("that nobody settles counts as spent at its end, as at most what it was", async () => {
    await spending.ask({ id: "w1", estimatePico: usd("30") });
    await spending.record(10, { reservation: "w1" });
    spending.now += minuteMs;

    await spending.expire("w1");
    await spending.expire("w1");

    expect(await total()).toBe(usd("30"));
    expect(await spending.tx(({ ledger }) => ledger.sums({}, ["model"]))).toHaveLength(1);
  });

  it("that ran out gives way to what is told of it late, though nobody settles it", async () => {
    await spending.ask({ id: "w1", estimatePico: usd("9"), session: "s1" });
    await spending.expire("w1");
    await spending.look();

    await spending.spend(4, { reservation: "w1", session: "s1" });

    expect(await total()).toBe(usd("4"));
    expect(spending.told()[0]).toContain("session s1 | session | within it again");
  });

  it("settled late counts as what it really was", async () => {
    await spending.ask({ id: "w1", estimatePico: usd("30") });
    await spending.expire("w1");
    expect(await total()).toBe(usd("30"));

    expect(await spending.settle("w1")).toBe(true);
    await spending.record(4, { reservation: "w1" });

    expect(await total()).toBe(usd("4"));
    expect(await spending.settle("unknown")).toBe(false);
  });
});

describe("the limits of a service", () => {
  const asked = async () => {
    const answer = await spending.ask({ estimatePico: usd("1") });
    return answer.isGranted ? "granted" : `${answer.reason}: ${answer.message}`;
  };

  it("count requests in each span, and those under way", async () => {
    spending.book = aBook(withLimits({ api: { requests: { hour: 3 }, spend: {} } }));
    await spending.record(1);
    await spending.record(1);

    expect(await asked()).toBe("granted");
    expect(await asked()).toBe(
      "limit: dollar through openai-api was asked 3 times this hour, and 3 is its limit. It may be asked again at 2026-11-23 13:00 UTC.",
    );
    spending.now += 60 * minuteMs;
    expect(await asked()).toBe("granted");
  });

  it("count money", async () => {
    spending.book = aBook(withLimits({ api: { requests: {}, spend: { day: usd("20") } } }));
    await spending.record(19);

    expect(await asked()).toBe("granted");
    expect(await asked()).toContain("has $20.00 of its $20.00 this day spent or reserved");
  });

  it("refuse what is more than they ever allow, without a time to come again", async () => {
    spending.book = aBook(withLimits({ api: { requests: {}, spend: { day: usd("20") } } }));

    expect(await spending.ask({ estimatePico: usd("25") })).toEqual({
      isGranted: false,
      reason: "limit",
      message: "dollar through openai-api may take $20.00 a day at most, and this may take $25.00: ask for less.",
    });
  });

  it("let it rest between two requests", async () => {
    spending.book = aBook(withLimits({ api: { requests: {}, spend: {}, cooldownMs: 30 * minuteMs } }));
    await spending.record(1);
    spending.now += 29 * minuteMs;

    expect(await asked()).toContain(
      "cooldown: dollar through openai-api rests between two requests: it may be asked again at 2026-11-23 12:30 UTC",
    );
    spending.now += minuteMs;
    expect(await asked()).toBe("granted");
  });

  it("hold for one way of asking, and not for the other", async () => {
    spending.book = aBook(withLimits({ cli: { requests: { day: 1 }, spend: {} } }));
    await spending.record(1, { service: "gemini-cli" });

    expect((await spending.ask({ service: "gemini-cli", estimatePico: null })).isGranted).toBe(false);
    expect(await asked()).toBe("granted");
  });
});
