import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putSticky } from "../../../src/pipeline/failures/sticky.ts";
import { pullRequestId } from "../../../src/pipeline/pull-request-id.ts";
import { done, type Reply, text } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const pull = { repository: "nextrust/nextrust", number: 12, subjectId: "PR_12" };
const put = (reply?: Reply, where = pull) => state.records.transaction(({ outbox }) => putSticky(outbox, where, reply));
const find = (nth: number) => state.records.transaction(({ outbox }) => outbox.find(`sticky:nextrust/nextrust#12:${nth}`));
const say = (words: string) => done("status", text(words));

describe("the status comment of a pull request", () => {
  it("is one, edited in place, and stays deleted when somebody deletes it", async () => {
    await put(say("2 failed"));
    await put(say("1 failed"), { ...pull, repository: "NeXTRust/NeXTRust" });

    expect(await find(1)).toMatchObject({
      version: 2,
      lane: "sticky:nextrust/nextrust#12",
      address: { surface: "github", subjectId: "PR_12", staysDeleted: true },
      answers: [{ reply: say("1 failed") }],
    });
    expect(await find(2)).toBeUndefined();
  });

  it("is not sent again for the same words", async () => {
    await put(say("2 failed"));
    await put(say("2 failed"));

    expect((await find(1))?.version).toBe(1);
  });

  it("is taken back, once, and a new one when there is something to say again", async () => {
    await put(say("2 failed"));
    await put();
    await put();
    expect(await find(1)).toMatchObject({ version: 2, answers: [] });
    expect(await find(2)).toBeUndefined();

    await put(say("3 failed"));
    await put(say("4 failed"));

    expect((await find(1))?.answers).toEqual([]);
    expect(await find(2)).toMatchObject({ version: 2, answers: [{ reply: say("4 failed") }] });
  });

  it("is nothing to take back where nothing was said", async () => {
    await put();

    expect(await find(1)).toBeUndefined();
  });
});

const none = { openBy: async () => [], authorOf: async () => undefined, ofHead: async () => undefined, endsOf: async () => new Map() };

describe("the node id of a pull request", () => {
  it("is asked for once", async () => {
    let asked = 0;
    const services = { records: state.records, pullRequests: { ...none, idOf: async () => `PR_${++asked}` } };

    const found = [await pullRequestId("nextrust/nextrust", 12, services), await pullRequestId("NeXTRust/NeXTRust", 12, services)];

    expect(found).toEqual(["PR_1", "PR_1"]);
  });

  it("of one that is not there is asked for again", async () => {
    const answers = [undefined, "PR_12"];
    const services = { records: state.records, pullRequests: { ...none, idOf: async () => answers.shift() } };

    expect(await pullRequestId("nextrust/nextrust", 12, services)).toBeUndefined();
    expect(await pullRequestId("nextrust/nextrust", 12, services)).toBe("PR_12");
  });
});
