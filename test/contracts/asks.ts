import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ask, AskEnd, Asks } from "../../src/pipeline/ai/asks.ts";
import type { Place, State } from "./place.ts";
import { spawnProcess } from "./spawn-process.ts";

const at = Date.parse("2026-11-23T12:00:00Z");

export const anAsk = (changes: Partial<Ask> = {}): Ask => ({
  id: "a1",
  purpose: "review",
  channel: "gemini",
  prompt: "review@1",
  repository: "Acme/Shop",
  pullRequest: 3,
  actor: "ada",
  ...changes,
});

/** Run by every adapter of the port. */
export function asksContract(create: () => Promise<Place>): void {
  describe("what models were asked", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (asks: Asks) => Promise<T>) => state.records.transaction((tx) => work(tx.asks));
    const idsOf = async (query: Partial<Parameters<Asks["list"]>[0]>, limit = 10) =>
      (await ask((asks) => asks.list({ since: 0, ...query }, limit))).map(({ id }) => id);

    it("is given back as it was begun and ended, money of any size exactly", async () => {
      const end: AskEnd = { outcome: "failed", service: "gemini-cli", model: "m", failure: "quota", costPico: 2n ** 70n, isCached: true };

      expect(await ask((asks) => asks.begin(anAsk(), at))).toBe(1);
      expect(await ask((asks) => asks.find("a1"))).toEqual({ ...anAsk(), at, tries: 1 });
      await ask((asks) => asks.end("a1", end, at + 5));

      expect(await ask((asks) => asks.find("a1"))).toEqual({ ...anAsk(), at, tries: 1, end: { ...end, at: at + 5 } });
      expect(await ask((asks) => asks.find("a2"))).toBeUndefined();
    });

    it("is begun anew as often as somebody comes with it: it stands where it began, and has ended no more", async () => {
      await ask((asks) => asks.begin(anAsk(), at));
      await ask((asks) => asks.end("a1", { outcome: "refused" }, at + 1));

      expect(await ask((asks) => asks.begin(anAsk({ actor: "grace" }), at + 9))).toBe(2);

      expect(await ask((asks) => asks.find("a1"))).toEqual({ ...anAsk({ actor: "grace" }), at, tries: 2 });
    });

    it("is listed newest first, by purpose, channel, repository whatever its case, and time", async () => {
      const { repository: _, ...nowhere } = anAsk({ id: "a4", purpose: "triage", channel: "claude" });
      await ask((asks) => asks.begin(anAsk(), at));
      await ask((asks) => asks.begin(anAsk({ id: "a2", purpose: "design", channel: "o3" }), at + 1));
      await ask((asks) => asks.begin(anAsk({ id: "a3", repository: "acme/other" }), at + 2));
      await ask((asks) => asks.begin(nowhere, at + 3));

      expect(await idsOf({})).toEqual(["a4", "a3", "a2", "a1"]);
      expect(await idsOf({}, 2)).toEqual(["a4", "a3"]);
      expect(await idsOf({ purpose: "review" })).toEqual(["a3", "a1"]);
      expect(await idsOf({ channel: "o3" })).toEqual(["a2"]);
      expect(await idsOf({ repository: "ACME/shop" })).toEqual(["a2", "a1"]);
      expect(await idsOf({ since: at + 1, until: at + 3 })).toEqual(["a3", "a2"]);
    });

    it("is counted each time, by two processes at once", async () => {
      const both = await Promise.all([spawnProcess(place.address, "ask", 50), spawnProcess(place.address, "ask", 50)]);
      for (const process of both) process.go();

      const told = await Promise.all(both.map((process) => process.line("begun")));

      const tries = told.flatMap((line) => line.split(" ").slice(1).map(Number));
      expect(tries.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });
  });
}
