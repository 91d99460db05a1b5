import { assert, asyncProperty, constantFrom, integer, option, record, uniqueArray } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger, LedgerEntry, UsageKey } from "../../src/pipeline/usage/ledger.ts";
import type { Place, State } from "./place.ts";

const at = Date.parse("2026-11-20T10:00:00Z");
const minute = 60_000;
const picoPerUsd = 1_000_000_000_000n;

const tokens = { uncachedIn: 100, cacheRead: 3_000, cacheWrite5m: 2_000, cacheWrite1h: 0, out: 50, reasoning: 0 };

type Changes = { readonly [Key in keyof LedgerEntry]?: LedgerEntry[Key] | undefined };

export const anEntry = (changes: Changes = {}): LedgerEntry => {
  const entry: Changes = {
    id: "anthropic:msg_1",
    at,
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    service: "claude-code",
    basis: "metered",
    session: "s1",
    tokens,
    costPico: 10n ** 10n,
    pricedBy: "claude-sonnet-4-5@2025-09-29",
    ...changes,
  };
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as unknown as LedgerEntry;
};

/** Run by every adapter of the port. */
export function ledgerContract(create: () => Promise<Place>): void {
  describe("the ledger", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (ledger: Ledger) => Promise<T>) => state.records.transaction((tx) => work(tx.ledger));
    const append = (...entries: LedgerEntry[]) => ask((ledger) => ledger.append(entries));
    const total = async () => (await ask((ledger) => ledger.sums({}, [])))[0];

    it("holds nothing at first", async () => {
      expect(await total()).toBeUndefined();
      expect(await ask((ledger) => ledger.meteredPico({}))).toBe(0n);
      expect(await ask((ledger) => ledger.count({}))).toEqual({ requests: 0 });
    });

    it("records a request once, within one batch and over many", async () => {
      expect(await append(anEntry(), anEntry())).toEqual(["recorded", "known"]);
      expect(await append(anEntry())).toEqual(["known"]);

      expect((await total())?.requests).toBe(1);
    });

    it("keeps the fullest telling, whichever comes first", async () => {
      const full = anEntry({ tokens: { ...tokens, out: 512 }, costPico: 5n });

      expect(await append(anEntry())).toEqual(["recorded"]);
      expect(await append(full)).toEqual(["amended"]);
      expect(await append(anEntry())).toEqual(["known"]);

      expect(await total()).toMatchObject({ tokens: { out: 512 }, costPico: { metered: 5n } });
    });

    it("prefers the copy in a request's own session to that in a sub-agent's file, and else the earliest", async () => {
      await append(
        anEntry({ session: "side", isSidechain: true }),
        anEntry({ session: "later", at: at + minute }),
        anEntry({ session: "own" }),
      );

      expect((await ask((ledger) => ledger.sums({}, ["session"]))).map(({ group }) => group)).toEqual([["own"]]);
    });

    const many = (changes: Changes) => Array.from({ length: 12 }, (_, index) => anEntry({ id: `a:${index}`, ...changes }));

    it("prices nothing anew that is told again when the price book has changed, but what had no price", async () => {
      const unpriced = { id: "b", costPico: undefined, pricedBy: "unpriced" };
      await append(...many({ costPico: 3n }), anEntry(unpriced));

      const again = await append(
        ...many({ costPico: 5n, pricedBy: "claude-sonnet-4-5@2026-01-01" }),
        anEntry({ ...unpriced, costPico: 7n }),
      );

      expect(new Set(again.slice(0, -1))).toEqual(new Set(["known"]));
      expect(again.at(-1)).toBe("amended");
      expect(await append(anEntry(unpriced))).toEqual(["known"]);
      expect(await total()).toMatchObject({ costPico: { metered: 43n }, unpricedTokens: 0 });
    });

    it("takes it from who says that a subscription pays, not only for some requests", async () => {
      await append(...many({}));
      await append(...many({ basis: "subscription" }));
      await append(...many({}));

      expect(await ask((ledger) => ledger.sums({}, ["basis"]))).toMatchObject([{ group: ["subscription"], requests: 12 }]);
    });

    it("adds up exactly what no number can hold", async () => {
      const dear = 900_000n * picoPerUsd + 1n;
      await append(...Array.from({ length: 9 }, (_, index) => anEntry({ id: `a:${index}`, costPico: dear })));

      expect((await total())?.costPico.metered).toBe(9n * dear);
      expect(await ask((ledger) => ledger.meteredPico({ since: at, until: at + 1 }))).toBe(9n * dear);
    });

    it("tells what is metered from a subscription and what is free, and what has no price from what costs nothing", async () => {
      await append(
        anEntry(),
        anEntry({ id: "b", basis: "subscription", costPico: 7n }),
        anEntry({ id: "c", basis: "free", costPico: 0n }),
        anEntry({ id: "d", model: "nobody-knows", costPico: undefined, pricedBy: "unpriced" }),
      );

      expect(await total()).toMatchObject({
        requests: 4,
        costPico: { metered: 10n ** 10n, subscription: 7n, free: 0n },
        unpricedTokens: 5_150,
      });
      expect(await ask((ledger) => ledger.unpriced({}))).toEqual([
        { model: "nobody-knows", provider: "anthropic", tokens: 5_150, requests: 1 },
      ]);
      expect(await ask((ledger) => ledger.meteredPico({}))).toBe(10n ** 10n);
    });

    it("finds by time from the first moment on and before the last, by session, and by pull request in any case", async () => {
      await append(
        anEntry({ id: "a", at, session: "s1" }),
        anEntry({ id: "b", at: at + minute, session: "s2", repository: "Acme/Shop", pullRequest: 12 }),
        anEntry({ id: "c", at: at + 2 * minute, session: "s3", repository: "acme/shop", pullRequest: 13 }),
      );
      const requests = async (query: Parameters<Ledger["count"]>[0]) => (await ask((ledger) => ledger.count(query))).requests;

      expect(await requests({ since: at, until: at + minute })).toBe(1);
      expect(await requests({ since: at + minute })).toBe(2);
      expect(await requests({ session: "s2" })).toBe(1);
      expect(await requests({ repository: "ACME/shop", pullRequest: 12 })).toBe(1);
      expect((await ask((ledger) => ledger.sums({}, ["pr"]))).map(({ group }) => group[0])).toEqual([
        undefined,
        "Acme/Shop#12",
        "acme/shop#13",
      ]);
    });

    it("counts sessions no further than asked, and knows every name of a model once", async () => {
      const sessions = ["s1", "s1", "s2", undefined, "s3"];
      await append(...sessions.map((session, index) => anEntry({ id: `a:${index}`, session, model: `m${index % 2}` })));
      const count = (query: Parameters<Ledger["count"]>[0], most: number) => ask((ledger) => ledger.countSessions(query, most));

      expect(await count({}, 5)).toBe(3);
      expect(await count({}, 2)).toBe(2);
      expect(await count({ since: at + 1 }, 5)).toBe(0);
      expect(await ask((ledger) => ledger.modelNames())).toEqual(["m0", "m1"]);
      expect((await ask((ledger) => ledger.count({ models: ["m1", "m2"] }))).requests).toBe(2);
    });

    it("takes days by the clock of the zone, also when the clocks change", async () => {
      const before = Date.parse("2026-10-24T21:59:59Z");
      await append(
        anEntry({ id: "a", at: before }),
        anEntry({ id: "b", at: before + 1_000 }),
        anEntry({ id: "c", at: before + 25 * 60 * minute }),
      );

      const days = await ask((ledger) => ledger.sums({}, ["day"], "Europe/Berlin"));

      expect(days.map(({ group, requests }) => [group[0], requests]).toSorted()).toEqual([
        ["2026-10-24", 1],
        ["2026-10-25", 2],
      ]);
    });

    const sums = {
      session: anEntry({ id: "sum:s1", sumOf: "session:s1", costPico: 77n }),
      day: anEntry({ id: "sum:day", session: undefined, sumOf: "day:anthropic:2026-11-20", costPico: 88n }),
      request: anEntry({ id: "anthropic:msg_9", costPico: 99n }),
    };
    it.each([
      [["day", "session", "request"], 99n],
      [["request", "session", "day"], 99n],
      [["session", "request", "day"], 99n],
      [["session", "day"], 77n],
      [["day", "session"], 77n],
      [["day"], 88n],
    ] as const)("counts a day, a session or a request once, the finest: %j", async (order, expected) => {
      for (const name of order) await append(sums[name]);

      expect((await total())?.costPico.metered).toBe(expected);
    });

    it("ends alike in any order, with any repetition, and any grouping adds up to the whole", async () => {
      const entry = record({
        id: constantFrom("a", "b", "c", "d"),
        at: integer({ min: 0, max: 3 }).map((hours) => at + hours * 60 * minute),
        model: constantFrom("m1", "m2"),
        basis: constantFrom("metered", "subscription", "free"),
        session: option(constantFrom("s1", "s2"), { nil: undefined }),
        repository: constantFrom("a/b", undefined),
        pullRequest: constantFrom(1, undefined),
        costPico: option(
          integer({ min: 0, max: 2 ** 31 }).map((cost) => BigInt(cost) * 4_000_000_007n),
          { nil: undefined },
        ),
        isSidechain: constantFrom(true, undefined),
        sumOf: constantFrom(undefined, undefined, "session:s1", "day:anthropic:2026-11-20"),
        tokens: integer({ min: 1, max: 3 }).map((out) => ({ ...tokens, out })),
      });
      const keys: readonly (readonly UsageKey[])[] = [["model"], ["session", "basis"], ["pr"], ["day"], ["day", "model"]];
      const whole = async (entries: readonly LedgerEntry[], batch: number) => {
        const own = await create();
        try {
          const { records } = await own.open();
          for (let from = 0; from < entries.length; from += batch)
            await records.transaction((tx) => tx.ledger.append(entries.slice(from, from + batch)));
          return await records.transaction((tx) =>
            Promise.all([tx.ledger.sums({}, []), ...keys.map((by) => tx.ledger.sums({}, by, "Asia/Kolkata"))]),
          );
        } finally {
          await own.remove();
        }
      };

      await assert(
        asyncProperty(
          uniqueArray(entry, { minLength: 1, maxLength: 8, selector: ({ costPico: _, ...one }) => JSON.stringify(one) }),
          async (made) => {
            const entries = made.map((one) => anEntry(one));

            const [all = [], ...grouped] = await whole(entries, 3);

            expect(await whole([...entries.toReversed(), ...entries], 2)).toEqual([all, ...grouped]);
            for (const groups of grouped) {
              expect(groups.reduce((sum, { costPico }) => sum + costPico.metered, 0n)).toBe(all[0]?.costPico.metered ?? 0n);
              expect(groups.reduce((sum, { requests }) => sum + requests, 0)).toBe(all[0]?.requests ?? 0);
            }
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}
