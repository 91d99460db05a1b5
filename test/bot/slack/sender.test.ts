import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChartRefusals } from "../../../src/bot/slack/chart-refusals.ts";
import { createSlackClient } from "../../../src/bot/slack/client.ts";
import { createSlackSender } from "../../../src/bot/slack/sender.ts";
import type { SlackAddress, StoredMessage } from "../../../src/pipeline/outbox.ts";
import { Postponed } from "../../../src/pipeline/queue.ts";
import { done, text } from "../../../src/reply.ts";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const log = pino({ level: "silent" });
const minute = 60_000;

let slack: SlackSandbox;
let state: EmbeddedState;
let now: number;
beforeEach(async () => {
  now = 1_000_000;
  slack = await startSlackSandbox();
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(async () => {
  await slack.close();
  await state.close();
});

const sender = () => {
  const client = createSlackClient({ apiUrl: slack.url, botToken: new Secret(slack.botToken), signingSecrets: [] }, log);
  return createSlackSender(
    client,
    state.claims,
    createChartRefusals(log, () => now),
    "ci",
    () => now,
  );
};

/** A message whose response_url is long gone, so that it goes to the person. */
const aMessage = (changes: Partial<StoredMessage> = {}): StoredMessage => {
  const address: SlackAddress = {
    surface: "slack",
    user: slack.people.ada.id,
    channel: slack.channels.ci.id,
    responseUrl: "http://127.0.0.1:9/",
    askedAt: now - 30 * minute,
  };
  return {
    key: "reply:1",
    lane: "slack:ada",
    address,
    asker: "ada",
    answers: [{ command: "whoami", reply: done("told", text("Hello")) }],
    version: 1,
    ...changes,
  };
};

const received = () => slack.transcript("dm", "ada").map((message) => message.text);

describe("an answer that comes too late for where it was asked", () => {
  it("goes to the person, and tells what Slack calls it", async () => {
    expect(await sender()(aMessage())).toMatch(/^D\w+\/\d+\.\d+$/);
    expect(received()).toEqual(["Hello"]);
  });

  it("is found again after a crash instead of being sent twice", async () => {
    const first = await sender()(aMessage());
    now += 2_000;

    expect(await sender()(aMessage({ triedAt: Date.now() }))).toBe(first);
    expect(received()).toEqual(["Hello"]);
  });

  it("is not taken for another one", async () => {
    await sender()(aMessage());
    now += 2_000;
    await sender()(aMessage({ key: "reply:2", triedAt: Date.now() }));

    expect(received()).toEqual(["Hello", "Hello"]);
  });

  it("waits for its second: Slack takes one message a second in a channel", async () => {
    await sender()(aMessage());

    await expect(sender()(aMessage({ key: "reply:2" }))).rejects.toThrow(Postponed);
  });

  it("keeps its words when Slack does not like its blocks", async () => {
    slack.fail(/chat\.postMessage/, { error: "invalid_blocks", times: 1 });

    await sender()(aMessage());

    expect(received()).toEqual(["Hello"]);
  });

  it.each([
    [{ error: "internal_error" }, { retryable: true }],
    [{ error: "token_revoked" }, { retryable: false, message: "Slack refuses the bot's token." }],
    [{ error: "missing_scope" }, { retryable: false }],
    [{ retryAfter: 7 }, { retryable: true, retryAfterMs: 7_000 }],
    [{ status: 503 }, { retryable: true }],
  ])("says whether to try again after %j", async (fault, expected) => {
    slack.fail(/conversations\.open/, { ...fault, times: 1 });

    await expect(sender()(aMessage())).rejects.toMatchObject(expected);
  });
});

describe("an answer in time", () => {
  const inTime = (changes: Partial<SlackAddress>) =>
    aMessage({ address: { ...(aMessage().address as SlackAddress), askedAt: now, ...changes } });

  it("says whether to try again when nobody is there", async () => {
    await expect(sender()(inTime({}))).rejects.toMatchObject({ retryable: true, message: "Slack cannot be reached." });
  });

  it("goes to the person when the place takes no more answers", async () => {
    slack.connect("http://127.0.0.1:9/");
    const { responseUrl } = await slack.slash({ as: "ada", channel: "ci", text: "whoami" });
    for (let use = 1; use <= 5; use += 1) await sender()(inTime({ responseUrl }));

    await sender()(inTime({ responseUrl }));

    expect(received()).toEqual(["Hello"]);
  });
});

describe("what everyone sees", () => {
  const everyone = (words: string, changes: Partial<StoredMessage> = {}) =>
    aMessage({ answers: [{ command: "retry-job", reply: { ...done("told", text(words)), audience: "thread" } }], ...changes });
  const inChannel = () => slack.transcript("ci", "ravi").map((message) => message.text);
  const edited = (words: string, version: number, externalId: string | undefined) =>
    everyone(words, { version, sentVersion: version - 1, triedAt: Date.now(), ...(externalId !== undefined && { externalId }) });

  it("ends as a private message, once, when the bot was taken out of the channel after it began", async () => {
    const first = await sender()(everyone("Retrying"));
    expect(inChannel()).toEqual([expect.stringContaining("Retrying")]);
    slack.setBotIn("ci", false);

    now += 2_000;
    const second = await sender()(edited("It passed", 2, first));
    // Whoever lets it in again finds the end where it began to be told.
    slack.setBotIn("ci", true);
    now += 2_000;
    const third = await sender()(edited("It passed on attempt 2", 3, second));

    expect(third).toBe(second);
    expect(inChannel()).toEqual([expect.stringContaining("Retrying")]);
    expect(received()).toEqual([expect.stringContaining("It passed on attempt 2")]);
  });

  it("ends as a private message where the bot never was in the channel and answered by the request's address", async () => {
    slack.setBotIn("ci", false);
    slack.connect("http://127.0.0.1:9/");
    const { responseUrl } = await slack.slash({ as: "ada", channel: "ci", text: "retry-job test" });
    const address = { ...(aMessage().address as SlackAddress), responseUrl, askedAt: now };
    await sender()(everyone("Retrying", { address }));
    expect(inChannel()).toEqual([expect.stringContaining("Retrying")]);

    now += 2_000;
    await sender()({ ...edited("It passed", 2, undefined), address });

    expect(inChannel()).toHaveLength(1);
    expect(received()).toEqual([expect.stringContaining("It passed")]);
  });
});
