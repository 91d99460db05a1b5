import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChartRefusals } from "../../../src/bot/slack/chart-refusals.ts";
import { createSlackClient } from "../../../src/bot/slack/client.ts";
import { createSlackPostSender } from "../../../src/bot/slack/post-sender.ts";
import type { OutgoingMessage, SlackPostAddress, StoredMessage } from "../../../src/pipeline/outbox.ts";
import { done, text } from "../../../src/reply.ts";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const log = pino({ level: "silent" });
let slack: SlackSandbox;
let state: EmbeddedState;
beforeEach(async () => {
  slack = await startSlackSandbox();
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(async () => {
  await slack.close();
  await state.close();
});

const send = (message: StoredMessage) => {
  const client = createSlackClient({ apiUrl: slack.url, botToken: new Secret(slack.botToken), signingSecrets: [] }, log);
  const fallback = { records: state.records, fallbackChannel: undefined, log, now: () => Date.now() };
  return createSlackPostSender(client, state.claims, createChartRefusals(log, Date.now), fallback, "ci", 1)(message);
};
const stored = async (message: OutgoingMessage) => {
  await state.records.transaction(({ outbox }) => outbox.put(message));
  return { ...message, version: 1 };
};
const aMessage = (key: string, words: string, thread?: { readonly message: string }): OutgoingMessage => ({
  key,
  lane: "a thread",
  address: { surface: "slack_post", to: { channel: slack.channels.ci.id }, ...(thread && { thread }), stays: true },
  answers: [{ reply: done("told", text(words)) }],
});

describe("a message that is taken back", () => {
  it("is deleted where it was said, although its address is another by now", async () => {
    const said = await stored(aMessage("said", "Too much"));
    const externalId = (await send(said)) ?? "";
    expect(slack.transcript("ci", "ada")).toHaveLength(1);
    const address = { surface: "slack_post", to: { channel: slack.channels.random.id } } as const;

    await send({ ...said, address, answers: [], version: 2, externalId });

    expect(slack.transcript("ci", "ada")).toEqual([]);
  });
});

describe("a message of a thread whose first message Slack did not take", () => {
  it("comes behind that, once Slack takes it", async () => {
    const root = await stored(aMessage("root", "First"));
    slack.setBotIn("ci", false);
    await expect(send(root)).rejects.toMatchObject({ retryable: true });
    slack.setBotIn("ci", true);

    await send(await stored(aMessage("reply", "Second", { message: "root" })));
    await send(await stored(aMessage("another", "Third", { message: "root" })));

    const [first, ...rest] = slack.transcript("ci", "ada");
    expect([first, ...rest].map((message) => message?.text)).toEqual(["First", "Second", "Third"]);
    expect(rest.map(({ threadTs }) => threadTs)).toEqual([first?.ts, first?.ts]);
  });

  it("is no reason to begin the thread where it is only taken back", async () => {
    await stored(aMessage("root", "First"));
    const reply = await stored(aMessage("reply", "Second", { message: "root" }));

    await send({ ...reply, answers: [], version: 2 });

    expect(slack.transcript("ci", "ada")).toEqual([]);
  });

  it("is said without the thread where it need not stay", async () => {
    await stored(aMessage("root", "First"));
    const { stays: _, ...address } = aMessage("reply", "Second", { message: "root" }).address as SlackPostAddress;

    await send(await stored({ ...aMessage("reply", "Second"), address }));

    expect(slack.transcript("ci", "ada").map(({ text, threadTs }) => [text, threadTs])).toEqual([["Second", undefined]]);
  });
});
