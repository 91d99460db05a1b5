import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sayElsewhere } from "../../../src/bot/slack/undeliverable.ts";
import type { SlackPostAddress, StoredMessage } from "../../../src/pipeline/outbox.ts";
import { done, text } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

let state: EmbeddedState;
let lines: string[];
beforeEach(async () => {
  lines = [];
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const aMessage = (to: SlackPostAddress["to"], stays?: true): StoredMessage => ({
  key: "k",
  lane: "l",
  version: 1,
  address: { surface: "slack_post", to, ...(stays && { stays }) },
  answers: [{ reply: done("notified", text("CI failed")) }],
});
let now = 5 * 24 * 3_600_000;
const say = (to: SlackPostAddress["to"], code: string | undefined, fallbackChannel: string | undefined, stays?: true) => {
  const log = pino({}, { write: (line) => void lines.push(line) });
  return sayElsewhere(aMessage(to, stays), code, { records: state.records, fallbackChannel, log, now: () => now });
};
const elsewhere = (key = "fallback:k") => state.records.transaction(({ outbox }) => outbox.find(key));

describe("a message that a channel does not take", () => {
  it.each(["is_archived", "channel_not_found", "not_in_channel", "missing_scope"])(
    "goes to the fallback channel with the fix: %s",
    async (code) => {
      expect(await say({ channel: "C1" }, code, "C2")).toBe("said");

      const message = await elsewhere();
      expect(message?.address).toEqual({ surface: "slack_post", to: { channel: "C2" } });
      expect(JSON.stringify(message?.answers)).toMatch(/CI failed.*The channel C1 could not be sent this: .*config\/nextrust\.yml/);
    },
  );

  it.each([
    ["stays a dead letter and is logged where there is no fallback", { channel: "C1" }, "is_archived", undefined, true],
    ["stays one where it is the fallback itself", { channel: "C2" }, "is_archived", "C2", true],
    ["is tried again where Slack is only in trouble", { channel: "C1" }, "internal_error", "C2", false],
    ["is nobody else's where it is for a person", { user: "U1" }, "channel_not_found", "C2", false],
  ] as const)("%s", async (_, to, code, fallback, isLogged) => {
    expect(await say(to, code, fallback)).toBe("lost");

    expect(await elsewhere()).toBeUndefined();
    expect(lines.join("").includes("a channel takes no messages")).toBe(isLogged);
  });

  it("waits where it is for that channel alone, and the fallback channel is told only what to do, once a day", async () => {
    const tell = () => say({ channel: "C1" }, "is_archived", "C2", true);
    const told = [await tell(), await tell()];
    now += 24 * 3_600_000;
    told.push(await tell());

    expect(told).toEqual(["waits", "waits", "waits"]);
    expect(await elsewhere()).toBeUndefined();
    for (const day of [5, 6]) {
      const notice = await elsewhere(`fallback:C1:is_archived:${day}`);
      expect(notice?.version).toBe(1);
      expect(JSON.stringify(notice?.answers)).toMatch(
        /The channel C1 could not be sent the messages meant for it, which wait: it was archived/,
      );
      expect(JSON.stringify(notice?.answers)).not.toContain("CI failed");
    }
  });

  it("waits without a fallback too where it is for that channel alone", async () => {
    expect(await say({ channel: "C1" }, "not_in_channel", undefined, true)).toBe("waits");
  });
});
