import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { minimiseOutdated } from "../../../src/bot/github/minimise.ts";
import { copyKey } from "../../../src/pipeline/mirror/copy.ts";
import type { Operation } from "../../../src/pipeline/operations/operations.ts";
import { done, type Reply } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const lane = "github:acme/shop#12";
const answer = "reply:github:comment:1";
const intent = "github:comment:1:0:retry-job --failed";

const operation = (stage: Operation["stage"]): Operation => ({
  id: `${intent}:1`,
  intent,
  kind: "retry",
  stage,
  repository: "acme/shop",
  runId: 7,
  asker: { key: "github:1", name: "ada", surface: "github" },
  place: { message: answer, ordinal: 0 },
  wish: { workflow: "CI", url: "", headSha: "ab12cd3", attempt: 1, jobs: [] },
  askedAt: 1,
});

/** Whether the older of two answers to the same command is hidden. */
const isHidden = ({
  reply = done("shown"),
  stage,
  sentVersion = 1,
  key: older = answer,
}: {
  reply?: Reply;
  stage?: Operation["stage"];
  sentVersion?: number;
  key?: string;
}) =>
  state.records.transaction(async (tx) => {
    const address = { surface: "github", repository: "acme/shop", subjectId: "PR_1" } as const;
    const put = (key: string, said: Reply) =>
      tx.outbox.put({ key, lane, address, answers: [{ command: "retry-job --failed", reply: said }] });
    await put(older, reply);
    await tx.outbox.markSent(older, 1, "IC_1");
    if (sentVersion === 0) await put(older, done("edited"));
    await put("reply:github:comment:2", done("shown"));
    await tx.outbox.markSent("reply:github:comment:2", 1, "IC_2");
    if (stage) await tx.operations.put(operation(stage));
    const newer = await tx.outbox.find("reply:github:comment:2");
    if (newer) await minimiseOutdated(newer, tx, () => Date.now());
    return (await tx.queue.add({ id: `minimise:${older}`, task: "probe", payload: null })) === "known";
  });

describe("an answer that a newer one stands in for", () => {
  it.each([
    ["is hidden when nothing more is told in it", {}, true],
    ["is hidden when what it set going has ended", { stage: "ended" }, true],
    ["stays while what it set going runs", { stage: "running" }, false],
    ["stays while what it set going runs, also where it is shown on the other side", { stage: "running", key: copyKey(answer) }, false],
    ["stays while what it set going waits", { stage: "waiting" }, false],
    ["stays while it says that something is to come", { reply: { ...done("later"), outcome: "queued" } }, false],
    ["stays while its last edit is on its way", { sentVersion: 0 }, false],
  ] as const)("%s", async (_, given, expected) => {
    expect(await isHidden(given)).toBe(expected);
  });
});
