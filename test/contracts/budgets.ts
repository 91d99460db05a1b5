import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BudgetBook, Crossing, Override, Touched } from "../../src/pipeline/budgets/book.ts";
import type { Reservations, Wish } from "../../src/pipeline/budgets/reservation.ts";
import type { Place, State } from "./place.ts";

const at = 1_764_000_000_000;
const subject = { scope: "session", session: "s1" } as const;
const touched: Touched = { key: "session:s1", period: "always", subject };
const crossing: Crossing = {
  budget: "session:s1",
  period: "always",
  level: "warning",
  at,
  subject,
  spentPico: 2n ** 70n,
  limitPico: 5n,
  alert: "a1",
};
const override: Override = { budget: "day", limitPico: 2n ** 65n, by: "ada", reason: "release", from: at, until: at + 10 };
const wish: Wish = {
  id: "w1",
  service: "claude-code",
  model: "opus",
  estimatePico: 2n ** 66n,
  leaseMs: 60_000,
  repository: "acme/shop",
  pullRequest: 3,
};

/** Run by every adapter of the ports. */
export function budgetsContract(create: () => Promise<Place>): void {
  let place: Place;
  let state: State;

  beforeEach(async () => {
    place = await create();
    state = await place.open();
  });

  afterEach(() => place.remove());

  describe("the book of budgets", () => {
    const ask = <T>(work: (book: BudgetBook) => Promise<T>) => state.records.transaction((tx) => work(tx.budgets));

    it("gives what was touched once, however often it was noted, and in parts", async () => {
      const other: Touched = { key: "day", period: "day:x", subject: { scope: "day", period: { key: "day:x", start: 1, end: 2 } } };
      await ask((book) => book.touch([touched, other, touched]));
      await ask((book) => book.touch([touched]));
      await ask((book) => book.touch([]));

      expect(await ask((book) => book.takeTouched(1))).toEqual([other]);
      expect(await ask((book) => book.takeTouched(5))).toEqual([touched]);
      expect(await ask((book) => book.takeTouched(5))).toEqual([]);
    });

    it("writes a level of a budget and period down once, until it is taken back", async () => {
      expect(await ask((book) => book.cross(crossing))).toBe(true);
      expect(await ask((book) => book.cross({ ...crossing, spentPico: 7n }))).toBe(false);
      expect(await ask((book) => book.cross({ ...crossing, period: "another" }))).toBe(true);
      expect(await ask((book) => book.crossings("session:s1", "always"))).toEqual([crossing]);

      await ask((book) => book.takeBack(crossing, at + 5));

      expect(await ask((book) => book.crossings("session:s1", "always"))).toEqual([]);
      expect(await ask((book) => book.takenBack("session:s1", "always"))).toEqual([{ ...crossing, takenBackAt: at + 5 }]);
      expect(await ask((book) => book.cross({ ...crossing, alert: "a2" }))).toBe(true);
      expect(await ask((book) => book.ofAlert("a1"))).toHaveLength(2);
      expect(await ask((book) => book.ofAlert("a2"))).toEqual([{ ...crossing, alert: "a2" }]);
    });

    it("keeps what nobody is told, and finds what stands since a moment", async () => {
      const { alert: _, ...silent } = crossing;
      await ask((book) => book.cross(silent));

      expect(await ask((book) => book.crossings("session:s1", "always"))).toEqual([silent]);
      expect(await ask((book) => book.crossedSince(at))).toEqual([touched]);
      expect(await ask((book) => book.crossedSince(at + 1))).toEqual([]);
    });

    it("has the latest limit that holds, from its moment on and before its end", async () => {
      await ask((book) => book.override(override));
      await ask((book) => book.override({ ...override, limitPico: 9n, from: at + 2, until: at + 4 }));
      const limitAt = async (moment: number) => (await ask((book) => book.overrideOf("day", moment)))?.limitPico;

      expect(await limitAt(at - 1)).toBeUndefined();
      expect(await limitAt(at)).toBe(2n ** 65n);
      expect(await limitAt(at + 2)).toBe(9n);
      expect(await limitAt(at + 4)).toBe(2n ** 65n);
      expect(await limitAt(at + 10)).toBeUndefined();
      expect(await ask((book) => book.overrideOf("month", at))).toBeUndefined();
    });
  });

  describe("reservations", () => {
    const ask = <T>(work: (book: Reservations) => Promise<T>) => state.records.transaction((tx) => work(tx.reservations));
    const kept = { ...wish, at, expiresAt: at + 60_000, state: "open" };

    it("keep a wish once, whole", async () => {
      expect(await ask((book) => book.add(wish, at))).toBe(true);
      expect(await ask((book) => book.add({ ...wish, estimatePico: null }, at + 1))).toBe(false);

      expect(await ask((book) => book.find("w1"))).toEqual(kept);
      expect(await ask((book) => book.find("w2"))).toBeUndefined();
    });

    it("are open, the oldest first, until they end", async () => {
      await ask((book) => book.add({ ...wish, id: "w2", estimatePico: null }, at + 1));
      await ask((book) => book.add(wish, at));
      expect((await ask((book) => book.open())).map(({ id }) => id)).toEqual(["w1", "w2"]);

      await ask((book) => book.end("w1", "settled"));
      await ask((book) => book.end("w2", "expired"));

      expect(await ask((book) => book.open())).toEqual([]);
      expect(await ask((book) => book.find("w1"))).toEqual({ ...kept, state: "settled" });
    });
  });
}
