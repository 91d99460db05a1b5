import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuditEntry, AuditFilter } from "../../src/pipeline/audit.ts";
import type { OutgoingMessage } from "../../src/pipeline/outbox.ts";
import { done, text } from "../../src/reply.ts";
import type { Place, State } from "./place.ts";
import { spawnProcess } from "./spawn-process.ts";

const anEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  intent: "comment-1",
  endedAt: 1_764_000_000_000,
  durationMs: 12,
  surface: "github",
  actor: "github:583231",
  actorName: "octocat",
  command: "status",
  text: "status #12",
  outcome: "done",
  reason: "shown",
  reply: done("shown", text("All green.")),
  ...changes,
});

const aMessage = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  key: "comment-1/answer",
  lane: "github:acme/shop#12",
  address: { surface: "github", repository: "acme/shop", subjectId: "PR_1" },
  asker: "octocat",
  answers: [{ command: "status #12", reply: done("shown", text("All green.")) }],
  ...changes,
});

/** Run by every adapter of the port. */
export function recordsContract(create: () => Promise<Place>): void {
  describe("records", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const latest = () => state.records.transaction((tx) => tx.audit.latest(100));
    const intents = async () => (await latest()).map(({ intent }) => intent).sort();

    describe("a search in the audit", () => {
      const search = (filter: AuditFilter, page: { limit: number; before?: number } = { limit: 100 }) =>
        state.records.transaction((tx) => tx.audit.search(filter, page));
      const found = async (filter: AuditFilter) => (await search(filter)).rows.map(({ intent }) => intent);

      beforeEach(() =>
        state.records.transaction(async ({ audit }) => {
          await audit.append(anEntry({ intent: "1", endedAt: 100, repository: "acme/shop", pullRequest: 12 }));
          await audit.append(anEntry({ intent: "2", endedAt: 200, repository: "ACME/Shop", actor: "slack:T1/U1", actorName: "Ada" }));
          await audit.append(anEntry({ intent: "3", endedAt: 300, repository: "acme/shop", command: "cancel", outcome: "refused" }));
          await audit.append(anEntry({ intent: "4", endedAt: 400, repository: "acme/other", pullRequest: 12 }));
          await audit.append(anEntry({ intent: "5", endedAt: 500, actor: "slack:T1/U11", actorName: "ravi" }));
        }),
      );

      it.each<[string, AuditFilter, string[]]>([
        ["everything", {}, ["5", "4", "3", "2", "1"]],
        ["a repository in any case, and what belongs to none is not its", { repository: "Acme/shop" }, ["3", "2", "1"]],
        ["a pull request", { repository: "acme/shop", pullRequest: 12 }, ["1"]],
        ["a name in any case", { actor: { name: "ADA" } }, ["2"]],
        ["an account", { actor: { accountId: 583_231 } }, ["4", "3", "1"]],
        ["a person in Slack, and nobody whose id begins so", { actor: { slackUser: "U1" } }, ["2"]],
        ["a person on both surfaces", { actor: { accountId: 583_231, slackUser: "U1" } }, ["4", "3", "2", "1"]],
        ["nobody where nothing is known of them", { actor: {} }, []],
        ["a command", { command: "cancel" }, ["3"]],
        ["an outcome", { outcome: "refused" }, ["3"]],
        ["a span of time, its end excluded", { since: 200, until: 400 }, ["3", "2"]],
        ["all of it together", { repository: "acme/shop", since: 150, command: "status" }, ["2"]],
        ["no wildcard", { actor: { name: "%" } }, []],
      ])("finds %s", async (_, filter, intents) => {
        expect(await found(filter)).toEqual(intents);
      });

      it("goes on behind a row, and says how many are left, although newer ones come in between", async () => {
        const first = await search({}, { limit: 2 });
        await state.records.transaction((tx) => tx.audit.append(anEntry({ intent: "6" })));
        const second = await search({}, { limit: 2, before: first.rows.at(-1)?.id ?? 0 });

        expect([first.rows.map(({ intent }) => intent), first.more]).toEqual([["5", "4"], 3]);
        expect([second.rows.map(({ intent }) => intent), second.more]).toEqual([["3", "2"], 1]);
      });

      it("gives each row whole, but for the words of the reply", async () => {
        const { reply: _, ...entry } = anEntry({ intent: "1", endedAt: 100, repository: "acme/shop", pullRequest: 12 });

        expect((await search({ pullRequest: 12, repository: "acme/shop" })).rows).toEqual([{ id: expect.any(Number), ...entry }]);
      });
    });

    describe("a transaction", () => {
      it("gives back what the work returned", async () => {
        expect(await state.records.transaction(async () => 42)).toBe(42);
      });

      it("keeps nothing of a work that throws, and passes on what it threw", async () => {
        const mistake = new Error("no");

        const failed = state.records.transaction(async (tx) => {
          await tx.audit.append(anEntry());
          await tx.outbox.put(aMessage());
          await tx.queue.add({ id: "job", task: "work", payload: null });
          throw mistake;
        });

        await expect(failed).rejects.toBe(mistake);
        const left = await state.records.transaction(async (tx) => ({
          audit: await tx.audit.latest(10),
          message: await tx.outbox.find(aMessage().key),
          job: await tx.queue.add({ id: "job", task: "work", payload: null }),
          send: await tx.queue.add({ id: `send:${aMessage().key}:1`, task: "work", payload: null }),
        }));
        expect(left).toEqual({ audit: [], message: undefined, job: "added", send: "added" });
      });

      it("is not harmed by another one that fails at the same time", async () => {
        const many = Array.from({ length: 30 }, (_, index) =>
          state.records.transaction(async (tx) => {
            await tx.audit.append(anEntry({ intent: `intent-${index}` }));
            if (index % 3 === 0) throw new Error("this one fails");
          }),
        );

        const ends = await Promise.allSettled(many);

        expect(ends.filter(({ status }) => status === "rejected")).toHaveLength(10);
        expect(await latest()).toHaveLength(20);
      });

      it("is refused inside another one, which goes on", async () => {
        await state.records.transaction(async (tx) => {
          await expect(state.records.transaction(async () => {})).rejects.toThrow("inside a transaction");
          await tx.audit.append(anEntry());
        });

        expect(await intents()).toEqual(["comment-1"]);
      });

      it("cannot be used after it ended", async () => {
        const kept = await state.records.transaction(async (tx) => tx);

        await expect(kept.audit.append(anEntry())).rejects.toThrow("after it ended");
        await expect(kept.queue.add({ id: "job", task: "work", payload: null })).rejects.toThrow("after it ended");
      });

      it("survives SIGKILL as soon as it has resolved", async () => {
        const dying = await spawnProcess(place.address, "die-after-storing", "precious");
        await dying.exited;

        expect(await state.records.transaction((tx) => tx.queue.add({ id: "precious", task: "work", payload: null }))).toBe("known");
      });
    });

    describe("audit", () => {
      it("gives back every field as it was appended", async () => {
        const entry = anEntry({ repository: "acme/shop", reply: { ...done("shown"), link: { text: "Run", url: "https://x.test" } } });
        await state.records.transaction((tx) => tx.audit.append(entry));

        expect(await latest()).toEqual([entry]);
      });

      it("lists the newest first, as many as asked for", async () => {
        for (const intent of ["a", "b", "c"]) await state.records.transaction((tx) => tx.audit.append(anEntry({ intent })));

        const two = await state.records.transaction((tx) => tx.audit.latest(2));

        expect(two.map(({ intent }) => intent)).toEqual(["c", "b"]);
      });

      it("knows how an intent ended, the last time, unless it failed", async () => {
        const finished = await state.records.transaction(async (tx) => {
          await tx.audit.append(anEntry({ outcome: "queued", reason: "first" }));
          await tx.audit.append(anEntry({ outcome: "refused", reason: "second" }));
          await tx.audit.append(anEntry({ outcome: "failed", reason: "third" }));
          await tx.audit.append(anEntry({ intent: "other", outcome: "failed" }));
          return [await tx.audit.finished("comment-1"), await tx.audit.finished("other"), await tx.audit.finished("unknown")];
        });

        expect(finished).toEqual([anEntry({ outcome: "refused", reason: "second" }), undefined, undefined]);
      });
    });

    describe("outbox", () => {
      const put = (message: OutgoingMessage) => state.records.transaction((tx) => tx.outbox.put(message));
      const find = (key = aMessage().key) => state.records.transaction((tx) => tx.outbox.find(key));
      const sends = async () => {
        const versions = [1, 2, 3].map((version) =>
          state.records.transaction((tx) => tx.queue.add({ id: `send:${aMessage().key}:${version}`, task: "work", payload: null })),
        );
        return (await Promise.all(versions)).filter((added) => added === "known").length;
      };

      it("stores a message and the job that sends it", async () => {
        await put(aMessage());

        expect(await find()).toEqual({ ...aMessage(), version: 1 });
        const { promise: sent, resolve } = Promise.withResolvers<unknown>();
        state.worker.start({ "send-message": async ({ id, payload }) => resolve({ id, payload }) });
        expect(await sent).toEqual({ id: "send:comment-1/answer:1", payload: { key: "comment-1/answer", version: 1 } });
      });

      it("does nothing when the same content is put again", async () => {
        await put(aMessage());
        await Promise.all([put(aMessage()), put(aMessage())]);

        expect(await find()).toMatchObject({ version: 1 });
        expect(await sends()).toBe(1);
      });

      it("makes a new version, to be sent too, of other content", async () => {
        await put(aMessage());
        const edited = aMessage({ answers: [{ command: "status #12", reply: done("shown", text("Red.")) }] });
        await put(edited);

        expect(await find()).toEqual({ ...edited, version: 2 });
        expect(await sends()).toBe(2);
      });

      it("remembers when sending was first tried, and what the surface calls the message", async () => {
        await put(aMessage());
        await state.records.transaction((tx) => tx.outbox.markTried(aMessage().key));
        const first = (await find())?.triedAt;
        await state.records.transaction((tx) => tx.outbox.markSent(aMessage().key, 1, "IC_7"));
        await state.records.transaction((tx) => tx.outbox.markTried(aMessage().key));
        await state.records.transaction((tx) => tx.outbox.markSent(aMessage().key, 1, undefined));

        expect(first).toBeTypeOf("number");
        expect(await find()).toEqual({ ...aMessage(), version: 1, triedAt: first, sentVersion: 1, externalId: "IC_7" });
      });

      it("gives what was sent into a lane since a moment, oldest first, and not what was taken back or is yet to be sent", async () => {
        const keys = ["a", "b", "gone", "unsent"];
        for (const key of keys) await state.records.transaction(({ outbox }) => outbox.put(aMessage({ key })));
        await state.records.transaction(({ outbox }) => outbox.put(aMessage({ key: "elsewhere", lane: "other" })));
        await state.records.transaction(async ({ outbox }) => {
          for (const key of ["a", "b", "gone", "elsewhere"]) await outbox.markSent(key, 1, `id-${key}`);
          await outbox.put(aMessage({ key: "gone", answers: [] }));
        });

        const { lane } = aMessage();
        const [sent, later] = await state.records.transaction(({ outbox }) =>
          Promise.all([outbox.sentSince(lane, 0), outbox.sentSince(lane, Date.now() + 1_000)]),
        );

        expect(sent.map(({ key, externalId }) => [key, externalId])).toEqual([
          ["a", "id-a"],
          ["b", "id-b"],
        ]);
        expect(later).toEqual([]);
      });

      it("counts the messages of a lane since a moment, edits not among them", async () => {
        const before = Date.now();
        for (const key of ["a", "b"]) await put(aMessage({ key }));
        await put(aMessage({ key: "b", answers: [] }));
        await put(aMessage({ key: "c", lane: "elsewhere" }));

        const counts = await state.records.transaction((tx) =>
          Promise.all([tx.outbox.countSince(aMessage().lane, before), tx.outbox.countSince(aMessage().lane, Date.now() + 1_000)]),
        );

        expect(counts).toEqual([2, 0]);
      });

      it("knows nothing of a message that was never put", async () => {
        expect(await find("nothing")).toBeUndefined();
      });
    });
  });
}
