import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Watch } from "../../src/pipeline/personal/watches.ts";
import type { HeldMessage } from "../../src/pipeline/policy/held.ts";
import type { Transaction } from "../../src/pipeline/records.ts";
import type { Place, State } from "./place.ts";

const at = 1_764_000_000_000;
const aSubscription = {
  channel: "C1",
  repository: "Acme/Shop",
  rule: { repositories: ["Acme/Shop"], branches: ["main"] },
  by: "ada",
  since: at,
};
const aWatch: Watch = { person: "U1", repository: "Acme/Shop", number: 12, headSha: "ab12", told: [], account: { id: 1, login: "ada" } };
const aMessage: HeldMessage = {
  key: "k1",
  audience: "channel:C1",
  why: "quiet",
  line: { text: "CI failed; -- '1'", mood: "bad", url: "https://github.example" },
  heldAt: at,
  releaseAt: at + 100,
};

/** Run by every adapter of the ports. */
export function policyContract(create: () => Promise<Place>): void {
  describe("what channels and people want to hear", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (tx: Transaction) => Promise<T>) => state.records.transaction(work);

    it("keeps subscriptions under numbers that are never used again, whoever opens the state", async () => {
      const first = await ask(({ subscriptions }) => subscriptions.add(aSubscription, "wish-1"));
      await ask(({ subscriptions }) => subscriptions.end([first.number], "github:2", at));
      const second = await ask(({ subscriptions }) => subscriptions.add({ ...aSubscription, reason: "ship; -- '1'" }, "wish-2"));
      const again = await ask(({ subscriptions }) => subscriptions.add(aSubscription, "wish-2"));
      const other = await place.open();

      expect([first.number, second.number]).toEqual([1, 2]);
      expect(again).toEqual(second);
      expect(await other.records.transaction(({ subscriptions }) => subscriptions.list("C1"))).toEqual([second]);
      expect(await ask(({ subscriptions }) => subscriptions.list("C2"))).toEqual([]);
      expect(await ask(({ subscriptions }) => subscriptions.list())).toEqual([second]);
    });

    it("holds each message once, and gives out what is due in the order it came", async () => {
      const later = { ...aMessage, key: "k2", heldAt: at + 1, releaseAt: at + 200 };
      const sooner = { ...aMessage, key: "k3", heldAt: at - 1 };
      for (const message of [aMessage, later, sooner, { ...aMessage, releaseAt: at }]) await ask(({ held }) => held.hold(message));
      await ask(({ held }) => held.hold({ ...aMessage, key: "k4", audience: "user:U1" }));

      expect(await ask(({ held }) => held.count("channel:C1"))).toBe(3);
      expect(await ask(({ held }) => held.overdue(at + 101))).toEqual(["channel:C1", "user:U1"]);
      expect(await ask(({ held }) => held.overdue(at + 100))).toEqual([]);
      expect(await ask(({ held }) => held.take("channel:C1", at + 100))).toEqual([sooner, aMessage]);
      expect(await ask(({ held }) => held.take("channel:C1", at + 100))).toEqual([]);
      expect(await ask(({ held }) => held.count("channel:C1"))).toBe(1);
    });

    it("keeps notes, and forgets those that nobody has written for long", async () => {
      await ask(({ notes }) => notes.put("a", { one: 1 }));
      await ask(({ notes }) => notes.put("a", { two: ["x"] }));

      expect(await ask(({ notes }) => notes.find("a"))).toEqual({ two: ["x"] });
      await ask(({ notes }) => notes.forget(Date.now() - 60_000));
      expect(await ask(({ notes }) => notes.find("a"))).toBeDefined();
      await ask(({ notes }) => notes.forget(Date.now() + 60_000));
      expect(await ask(({ notes }) => notes.find("a"))).toBeUndefined();
    });

    it("keeps one watch for each person and pull request, whatever the repository's case", async () => {
      const of2 = { ...aWatch, person: "U2", headSha: "cd34" };
      for (const watch of [aWatch, of2, { ...aWatch, told: ["verdict" as const] }]) await ask(({ watches }) => watches.put(watch));
      await ask(({ watches }) => watches.put({ ...aWatch, number: 13 }));

      expect(await ask(({ watches }) => watches.ofPullRequest("acme/SHOP", 12))).toEqual([{ ...aWatch, told: ["verdict"] }, of2]);
      expect(await ask(({ watches }) => watches.ofHead("acme/shop", "cd34"))).toEqual([of2]);
      expect(await ask(({ watches }) => watches.pullRequests(10))).toEqual([12, 13].map((number) => ({ repository: "acme/shop", number })));
      expect(await ask(({ watches }) => watches.pullRequests(1))).toHaveLength(1);
      expect(await ask(({ watches }) => watches.find("U1", "ACME/shop", 13))).toEqual({ ...aWatch, number: 13 });
    });

    it("removes a watch, and says whether there was one", async () => {
      await ask(({ watches }) => watches.put(aWatch));

      expect(await ask(({ watches }) => watches.remove("U1", "acme/shop", 12))).toBe(true);
      expect(await ask(({ watches }) => watches.remove("U1", "acme/shop", 12))).toBe(false);
    });

    it("knows until when somebody has muted us", async () => {
      await ask(({ mutes }) => mutes.set("U1", at));
      await ask(({ mutes }) => mutes.set("U1", at + 100));

      expect(await ask(({ mutes }) => mutes.until("U1", at))).toBe(at + 100);
      expect(await ask(({ mutes }) => mutes.until("U1", at + 100))).toBeUndefined();
      expect(await ask(({ mutes }) => mutes.until("U2", at))).toBeUndefined();
      await ask(({ mutes }) => mutes.set("U1", undefined));
      expect(await ask(({ mutes }) => mutes.until("U1", at))).toBeUndefined();
    });
  });
}
