import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MirrorItem } from "../../src/pipeline/mirror/item.ts";
import { beginAgain, beginThread, type PullFacts, rootMessage } from "../../src/pipeline/mirror/thread.ts";
import type { Transaction } from "../../src/pipeline/records.ts";
import { done, text } from "../../src/reply.ts";
import type { Place, State } from "./place.ts";

const pull: PullFacts = {
  repository: "Acme/Shop",
  number: 12,
  subjectId: "PR_12",
  title: "Sell shoes; -- '1'",
  author: "ada",
  url: "https://github.com/acme/shop/pull/12",
  state: "open",
  updatedAt: 1_764_000_000_000,
};
const thread = beginThread(pull, "C1");
const item: MirrorItem = { key: "github:comment:1", thread: thread.key, author: "7", saidAt: 1_000, fate: "copied" };

/** Run by every adapter of the port. */
export function mirrorsContract(create: () => Promise<Place>): void {
  describe("mirrors", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (tx: Transaction) => Promise<T>) => state.records.transaction(work);
    const say = (key: string, answer: string) =>
      ask(({ outbox }) =>
        outbox.put({
          key,
          lane: "pr",
          address: { surface: "github", repository: pull.repository, subjectId: pull.subjectId },
          answers: [{ reply: { ...done("told", text(answer)), audience: "thread" } }],
        }),
      );

    it("gives a thread back by its pull request, its first message, and the timestamp of that", async () => {
      await ask(async ({ mirrors, outbox }) => {
        await mirrors.putThread(thread);
        await outbox.put(rootMessage(thread));
      });
      const before = await ask(({ mirrors }) => mirrors.threadAt("C1", "17.5"));
      await ask(({ outbox }) => outbox.markSent(thread.root, 1, "C1/17.5"));

      const found = await ask(({ mirrors }) =>
        Promise.all([
          mirrors.thread("acme/shop#12"),
          mirrors.threadOf("PR_12"),
          mirrors.threadOfRoot(thread.root),
          mirrors.threadAt("C1", "17.5"),
        ]),
      );
      expect(before).toBeUndefined();
      expect(found).toEqual([thread, thread, thread, thread]);
      expect(await ask(({ mirrors }) => mirrors.threadAt("C2", "17.5"))).toBeUndefined();
    });

    it("forgets the first message that another one took the place of", async () => {
      const again = beginAgain(thread);
      await ask(({ mirrors }) => mirrors.putThread(thread));
      await ask(({ mirrors }) => mirrors.putThread(again));

      expect(await ask(({ mirrors }) => mirrors.threadOfRoot(thread.root))).toBeUndefined();
      expect(await ask(({ mirrors }) => mirrors.threadOfRoot(again.root))).toEqual(again);
    });

    it("knows of a first message that may be there without a known timestamp", async () => {
      await ask(async ({ mirrors, outbox }) => {
        await mirrors.putThread(thread);
        await outbox.put(rootMessage(thread));
      });
      const isUncertain = (since: number) => ask(({ mirrors }) => mirrors.hasUncertainRoot("C1", since));
      const untried = await isUncertain(0);
      await ask(({ outbox }) => outbox.markTried(thread.root));
      const tried = [await isUncertain(0), await isUncertain(Date.now() + 60_000)];
      await ask(({ outbox }) => outbox.markSent(thread.root, 1, "C1/17.5"));

      expect([untried, ...tried, await isUncertain(0)]).toEqual([false, true, false, false]);
    });

    it("keeps items as they are, the last of each, and counts what an author said between two moments", async () => {
      await ask(async ({ mirrors }) => {
        await mirrors.putItem({ ...item, fate: "skipped" });
        await mirrors.putItem(item);
        await mirrors.putItem({ ...item, key: "github:comment:2", saidAt: 3_000 });
        await mirrors.putItem({ ...item, key: "github:comment:3", author: "8", saidAt: 3_000 });
        await mirrors.putItem({ key: "github:comment:4", thread: thread.key, saidAt: 3_000, fate: "deleted" });
      });

      expect(await ask(({ mirrors }) => mirrors.item(item.key))).toEqual(item);
      expect(await ask(({ mirrors }) => mirrors.item("github:comment:9"))).toBeUndefined();
      expect(
        await ask(({ mirrors }) =>
          Promise.all([
            mirrors.countSaid(thread.key, "7", 0, 4_000),
            mirrors.countSaid(thread.key, "7", 2_000, 4_000),
            mirrors.countSaid(thread.key, "7", 0, 2_000),
          ]),
        ),
      ).toEqual([2, 1, 1]);
    });

    it("has an answer in a mirrored conversation shown on the other side each time that it changes, and no other", async () => {
      const echoed: string[] = [];
      await say("reply:github:comment:1", "too early");
      await ask(({ mirrors }) => mirrors.putThread(thread));
      await say("reply:github:comment:2", "begun");
      await say("reply:github:comment:2", "ended");
      await say("reply:github:comment:2", "ended");
      await say("something else", "begun");
      await ask(({ mirrors }) => mirrors.putThread({ ...thread, mode: "off" }));
      await say("reply:github:comment:3", "while it is off");

      state.worker.start({
        "mirror-echo": async ({ payload }) => void echoed.push((payload as { key: string }).key),
        "send-message": async () => {},
      });
      await state.worker.drain(5_000);
      expect(echoed).toEqual(["reply:github:comment:2", "reply:github:comment:2"]);
    });
  });
}
