import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { factorOf } from "../../../src/pipeline/usage/drift-cause.ts";
import { parseUsd, sumOf } from "../../../src/pipeline/usage/money.ts";
import { type BilledCost, type Drift, type LedgerDay, reconcile } from "../../../src/pipeline/usage/reconcile.ts";

const pico = (usd: string): bigint => parseUsd(usd) ?? 0n;
const days = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"];
const [first = "", second = "", third = "", last = ""] = days;

const billed = (day: string, usd: string, more: Partial<BilledCost> = {}): BilledCost => ({
  day,
  provider: "anthropic",
  item: "claude-opus-5-5",
  pico: pico(usd),
  ...more,
});

const recorded = (day: string, usd: string, more: Partial<LedgerDay> = {}): LedgerDay => ({
  day,
  provider: "anthropic",
  model: "claude-opus-5-5",
  costPico: { metered: pico(usd), subscription: 0n, free: 0n },
  unpricedTokens: 0,
  tokens: 1_000,
  ...more,
});

const compare = (costs: readonly BilledCost[], ledger: readonly LedgerDay[], nameOf = (name: string) => name) =>
  reconcile({ days: days.map((day) => ({ day, provider: "anthropic" })), costs }, ledger, nameOf);

const short = ({ day, model, cause }: Drift) => `${day} ${model} ${cause}`;

describe("a drift between vendor and ledger", () => {
  it.each<[string, readonly BilledCost[], readonly LedgerDay[], readonly string[]]>([
    ["is none where they agree", [billed(first, "1.23")], [recorded(first, "1.23")], []],
    ["is rounding below a cent", [billed(first, "1.2399")], [recorded(first, "1.23")], ["rounding"]],
    ["is looked into from a cent on", [billed(first, "1.24")], [recorded(first, "1.23")], ["more_at_vendor"]],
    ["comes from tokens without a price", [billed(first, "5")], [recorded(first, "1", { unpricedTokens: 10 })], ["unpriced"]],
    [
      "comes from tokens without a price, where there are no others",
      [billed(first, "5")],
      [recorded(first, "0", { unpricedTokens: 1_000 })],
      ["unpriced"],
    ],
    [
      "does not come from them where the vendor billed less",
      [billed(first, "5")],
      [recorded(first, "6", { unpricedTokens: 10 })],
      ["more_here"],
    ],
    ["is others' use where the ledger has nothing", [billed(first, "5")], [], ["only_at_vendor"]],
    ["is others' use where the ledger has a subscription only", [billed(first, "5")], [recorded(first, "0")], ["only_at_vendor"]],
    [
      "is a subscription where nothing is billed",
      [],
      [recorded(first, "0", { costPico: { metered: 0n, subscription: 9n, free: 0n } })],
      ["not_billed"],
    ],
    ["is elsewhere where a metered request is not billed", [], [recorded(first, "5")], ["only_here"]],
    ["is not final on the last day", [billed(last, "1")], [recorded(last, "5")], ["not_final"]],
    ["is not final on the last day, where nothing is billed yet", [], [recorded(last, "5")], ["not_final"]],
    ["is others' use on the last day, too", [billed(last, "5")], [recorded(last, "1")], ["more_at_vendor"]],
    ["is long context up to what that cost", [billed(first, "3", { kind: "long" })], [recorded(first, "1")], ["long_context"]],
    [
      "is more than long context beyond that",
      [billed(first, "3", { kind: "long" }), billed(first, "9")],
      [recorded(first, "1")],
      ["more_at_vendor"],
    ],
    ["is the cache up to what that cost", [billed(first, "3", { kind: "cache" }), billed(first, "1")], [recorded(first, "2")], ["cache"]],
    ["is the batches where the vendor billed less", [billed(first, "3", { kind: "batch" })], [recorded(first, "6")], ["batch"]],
    [
      "is not the batches where the vendor billed more",
      [billed(first, "3", { kind: "batch" })],
      [recorded(first, "2")],
      ["more_at_vendor"],
    ],
  ])("%s", (_, costs, ledger, causes) => {
    expect(compare(costs, ledger).drifts.map(({ cause }) => cause)).toEqual(causes);
  });

  it("is the price where the vendor's is the same share of ours on every day; the last day counts where it fits", () => {
    const found = compare(
      [billed(first, "8.50"), billed(second, "17"), billed(third, "0.85"), billed(last, "4.25")],
      [recorded(first, "10"), recorded(second, "20"), recorded(third, "1"), recorded(last, "5")],
    );

    expect(found.drifts).toMatchObject(days.map((day) => ({ day, cause: "price", factor: 8_500n })));
  });

  it("is not the price of one day, nor where a day agrees or has another share", () => {
    expect(compare([billed(first, "8")], [recorded(first, "10")]).drifts.map(short)).toEqual([`${first} claude-opus-5-5 more_here`]);
    expect(
      compare(
        [billed(first, "8"), billed(second, "8"), billed(third, "10")],
        [recorded(first, "10"), recorded(second, "10"), recorded(third, "10")],
      ).drifts.map(({ cause }) => cause),
    ).toEqual(["more_here", "more_here"]);
    expect(
      compare([billed(first, "8"), billed(second, "9")], [recorded(first, "10"), recorded(second, "10")]).drifts.map(({ cause }) => cause),
    ).toEqual(["more_here", "more_here"]);
  });

  it("is not the price of many days beside one that has another", () => {
    const day = (billedUsd: string) => ({
      ...sameKinds,
      billedPico: pico(billedUsd),
      ledgerPico: pico("10"),
      tokens: 1,
      unpricedTokens: 0,
    });
    const sameKinds = { longPico: 0n, cachePico: 0n, batchPico: 0n };

    expect(factorOf([day("8"), day("8"), day("8"), day("8")])?.inTenThousandths).toBe(8_000n);
    expect(factorOf([day("8"), day("8"), day("8"), day("8.018")])).toBeUndefined();
  });

  it("leaves the price alone on a last day that is not billed in full", () => {
    const found = compare(
      [billed(first, "8"), billed(second, "8"), billed(last, "1")],
      [recorded(first, "10"), recorded(second, "10"), recorded(last, "10")],
    );

    expect(found.drifts.map(({ cause }) => cause)).toEqual(["price", "price", "not_final"]);
  });

  it("takes the names of one model as one", () => {
    const { drifts } = compare([billed(first, "1", { item: "claude-opus-5-5-20260922" })], [recorded(first, "1")], (name) =>
      name.replace(/-\d{8}$/, ""),
    );

    expect(drifts).toEqual([]);
  });

  it("compares whole days where the report is not by model", () => {
    const { drifts } = compare(
      [{ day: first, provider: "anthropic", pico: pico("3") }],
      [recorded(first, "1"), recorded(first, "1.5", { model: "x" })],
    );

    expect(drifts).toMatchObject([{ model: "all models", billedPico: pico("3"), ledgerPico: pico("2.50"), cause: "more_at_vendor" }]);
  });

  it("says nothing of days and vendors that the report does not cover", () => {
    const found = compare([], [recorded("2026-11-17", "5"), recorded(first, "5", { provider: "openai" })]);

    expect(found).toMatchObject({ drifts: [], totals: [{ provider: "anthropic", firstDay: first, lastDay: last, ledgerPico: 0n }] });
  });

  it("adds up, to the last digit, to the difference of the totals", () => {
    const amount = integer({ min: 0, max: 5_000_000 }).map((millionths) => BigInt(millionths) * 1_000_003n);
    const day = constantFrom(...days);
    const model = constantFrom("a", "b");

    assert(
      property(
        array(record({ day, model, pico: amount }), { maxLength: 12 }),
        array(record({ day, model, pico: amount }), { maxLength: 12 }),
        (costs, entries) => {
          const { drifts, totals } = compare(
            costs.map((cost) => ({ day: cost.day, provider: "anthropic", item: cost.model, pico: cost.pico })),
            entries.map((entry) =>
              recorded(entry.day, "0", { model: entry.model, costPico: { metered: entry.pico, subscription: 0n, free: 0n } }),
            ),
          );
          const [total] = totals;
          const drifted = sumOf(drifts.map(({ billedPico, ledgerPico }) => billedPico - ledgerPico));
          return total !== undefined && drifted === total.billedPico - total.ledgerPico;
        },
      ),
      { numRuns: 50 },
    );
  });
});
