import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyKey, copyTo } from "../../../src/pipeline/mirror/copy.ts";
import type { MirrorItem } from "../../../src/pipeline/mirror/item.ts";
import { createMaySend } from "../../../src/pipeline/mirror/may-send.ts";
import { beginThread, rootMessage } from "../../../src/pipeline/mirror/thread.ts";
import type { OutgoingMessage } from "../../../src/pipeline/outbox.ts";
import type { Channel, Member } from "../../../src/pipeline/workspace.ts";
import type { Said } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const pull = { repository: "acme/shop", number: 12, subjectId: "PR_12", title: "Sell", author: "ada", url: "https://x.test" };
const thread = beginThread({ ...pull, state: "open", updatedAt: 1 }, "C1");
const said: Said = { kind: "said", author: "ada", source: { text: "Slack", url: "https://x.test" }, blocks: [] };
const inSlack: MirrorItem = { key: "slack:C1:1.2", thread: thread.key, author: "U1", saidAt: 1, fate: "copied" };
const onGitHub: MirrorItem = { key: "github:comment:1", thread: thread.key, author: "7", saidAt: 1, fate: "copied" };

let state: EmbeddedState;
let channel: Channel;
let isPrivate: boolean;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  channel = { kind: "internal", isOurs: true, isPrivate: true, name: "ci" };
  isPrivate = true;
  await state.records.transaction(async ({ mirrors }) => {
    await mirrors.putThread(thread);
    for (const item of [inSlack, onGitHub]) await mirrors.putItem(item);
  });
});
afterEach(() => state.close());

const maySend = (message: OutgoingMessage, externalId?: string) => {
  const services = {
    records: state.records,
    workspace: { channel: async () => channel, member: async () => ({}) as Member, permalink: async () => "" },
    repositories: { isPrivate: async () => isPrivate },
  };
  return createMaySend(services, [])({ ...message, version: 1, ...(externalId !== undefined && { externalId }) });
};
const fateOf = async ({ key }: MirrorItem) => (await state.records.transaction(({ mirrors }) => mirrors.item(key)))?.fate;
const toGitHub = copyTo("github", thread, copyKey(inSlack.key), said);
const toSlack = copyTo("slack", thread, copyKey(onGitHub.key), said);

describe("what waited to be passed on", () => {
  it("goes where nothing changed", async () => {
    expect(await Promise.all([toGitHub, toSlack, rootMessage(thread)].map((message) => maySend(message)))).toEqual([true, true, true]);
    expect(await Promise.all([inSlack, onGitHub].map(fateOf))).toEqual(["copied", "copied"]);
  });

  it("does not reach a repository that was made public meanwhile, then or later", async () => {
    isPrivate = false;

    expect(await maySend(toGitHub)).toBe(false);
    expect(await fateOf(inSlack)).toBe("skipped");
  });

  it("does not reach a channel that was shared with another workspace meanwhile", async () => {
    channel = { kind: "shared", isOurs: true, isPrivate: false };

    expect(await Promise.all([toSlack, rootMessage(thread)].map((message) => maySend(message)))).toEqual([false, false]);
  });

  it("keeps the copy that is there as it is, and may be taken back", async () => {
    isPrivate = false;

    expect(await maySend(toGitHub, "IC_1")).toBe(false);
    expect(await fateOf(inSlack)).toBe("copied");
    expect(await maySend(copyTo("github", thread, copyKey(inSlack.key), undefined), "IC_1")).toBe(true);
  });

  it("is not what everybody else is told", async () => {
    isPrivate = false;
    const { lane, address, answers } = toSlack;

    expect(await maySend({ key: "reply:github:comment:1", lane, address, answers })).toBe(true);
  });
});
