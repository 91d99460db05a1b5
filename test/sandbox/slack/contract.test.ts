import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/sandbox/slack/exchanges.ts";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";

let slack: SlackSandbox;
let client: WebClient;
beforeEach(async () => {
  slack = await startSlackSandbox();
  client = new WebClient(slack.botToken, { slackApiUrl: slack.url, retryConfig: { retries: 0 } });
});
afterEach(() => slack.close());

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ data }: { data: { error: string; response_metadata?: { messages?: string[] } } }) =>
      `${data.error} ${data.response_metadata?.messages?.join() ?? ""}`.trim(),
  );
const ci = () => slack.channels.ci.id;

describe("the arguments of a call", () => {
  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ["one that Slack does not know", "chat.postMessage", { text: "x", colour: "red" }, /^invalid_arguments .*colour/],
    ["one that is missing", "chat.update", { text: "x" }, /^invalid_arguments .*\/ts\]/],
    ["a flag that is none", "conversations.history", { include_all_metadata: "yes" }, /include_all_metadata\]/],
    ["a number that is none", "conversations.history", { limit: "many" }, /limit\]/],
    ["metadata without its type", "chat.postMessage", { text: "x", metadata: { event_payload: {} } }, /\/metadata\/event_type\]/],
    ["a surplus field of metadata", "chat.postMessage", { text: "x", metadata: { event_type: "a", event_payload: {}, kind: "b" } }, /kind/],
    ["no content", "chat.postMessage", {}, /^no_text$/],
    ["too many attachments", "chat.postMessage", { attachments: Array(101).fill({ text: "x" }) }, /^too_many_attachments$/],
    ["blocks that are too long together", "chat.postMessage", { blocks: long() }, /^msg_blocks_too_long .*json-pointer:\/blocks\]/],
    [
      "blocks beyond a limit in an update",
      "chat.update",
      { ts: "1.1", blocks: [{ type: "bogus" }] },
      /^invalid_blocks .*\/blocks\/0\/type\]/,
    ],
  ])("are refused: %s", async (_, method, args, refusal) => {
    expect(await refusalOf(client.apiCall(method, { channel: ci(), ...args }))).toMatch(refusal);
  });

  it("are refused in a view, where it stands", async () => {
    const view = { type: "home", blocks: [{ type: "markdown", text: "x" }] };

    expect(await refusalOf(client.apiCall("views.publish", { user_id: slack.people.ada.id, view }))).toMatch(
      /json-pointer:\/view\/blocks\/0\/type\]/,
    );
  });

  it("are taken as a form carries them, and as JSON", async () => {
    await client.conversations.history({ channel: ci(), include_all_metadata: true, limit: 5, inclusive: false });
    const headers = { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" };
    const body = JSON.stringify({ channel: ci(), limit: 5, inclusive: true });

    expect(await (await fetch(`${slack.url}conversations.history`, { method: "POST", headers, body })).json()).toMatchObject({ ok: true });
  });
});

describe("a bot that is not in a channel", () => {
  it("neither posts nor reads there, and is told that it is no member, until it is invited", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: ci(), text: "Here" });
    const isMember = async () => (await client.conversations.info({ channel: ci() })).channel?.is_member;
    slack.setBotIn("ci", false);

    expect(await isMember()).toBe(false);
    expect(await refusalOf(client.chat.postMessage({ channel: ci(), text: "x" }))).toBe("not_in_channel");
    expect(await refusalOf(client.chat.postEphemeral({ channel: ci(), text: "x", user: slack.people.ada.id }))).toBe("not_in_channel");
    expect(await refusalOf(client.chat.update({ channel: ci(), text: "x", ts }))).toBe("not_in_channel");
    expect(await refusalOf(client.conversations.history({ channel: ci() }))).toBe("not_in_channel");

    slack.setBotIn("ci", true);
    expect(await isMember()).toBe(true);
    expect(await refusalOf(client.chat.postMessage({ channel: ci(), text: "x" }))).toBeUndefined();
  });
});

describe("a message that the bot edits", () => {
  it("was seen by everybody in the channel, and shows to all that it was edited", async () => {
    const metadata = { event_type: "nextrust_reply", event_payload: { key: "1" } };
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: "Running" } }];
    const { ts = "" } = await client.chat.postMessage({ channel: ci(), text: "Running", blocks, metadata });
    for (const person of ["ada", "ravi", "uma"] as const)
      expect(slack.transcript("ci", person)).toMatchObject([{ text: "Running", edited: false }]);

    await client.chat.update({ channel: ci(), ts, text: "Green", blocks: [{ type: "divider" }] });

    for (const person of ["ada", "ravi", "uma"] as const)
      expect(slack.transcript("ci", person)).toMatchObject([{ ts, text: "Green", edited: true, blocks: [{ type: "divider" }] }]);
    const { messages } = await client.conversations.history({ channel: ci(), include_all_metadata: true });
    expect(messages).toMatchObject([{ text: "Green", metadata, edited: { user: slack.botUserId } }]);
  });

  it("loses its blocks when only text comes, keeps its text when only blocks come, and must be its own", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: ci(), text: "One", blocks: [{ type: "divider" }] });

    await client.chat.update({ channel: ci(), ts, text: "Two" });
    expect(slack.transcript("ci", "ada")[0]).toMatchObject({ text: "Two", blocks: [] });
    await client.chat.update({ channel: ci(), ts, blocks: [{ type: "divider" }] });
    expect(slack.transcript("ci", "ada")[0]).toMatchObject({ text: "Two", blocks: [{ type: "divider" }] });
    expect(await refusalOf(client.chat.update({ channel: ci(), ts: "1.000001", text: "x" }))).toBe("message_not_found");
    // Nobody listens there, which is all the same to what is said.
    slack.connect("http://127.0.0.1:9/slack/events");
    const { message } = await slack.say({ as: "ada", channel: "ci", text: "Mine" });
    expect(await refusalOf(client.chat.update({ channel: ci(), ts: message.ts, text: "x" }))).toBe("cant_update_message");
  });
});

describe("those who watch what the app says", () => {
  it("are told of every call with its arguments and its answer, without the token, but of none that a fault answered", async () => {
    const seen: Exchange[] = [];
    const stop = slack.onExchange((exchange) => seen.push(exchange));
    slack.fail(/^auth\.test$/, { error: "internal_error", times: 1 });

    await refusalOf(client.auth.test());
    await client.chat.postMessage({ channel: ci(), text: "x" });
    stop();
    await client.auth.test();

    expect(seen).toMatchObject([{ method: "chat.postMessage", args: { channel: ci(), text: "x" }, answer: { ok: true } }]);
    expect(seen[0]?.args).not.toHaveProperty("token");
  });
});

function long() {
  return Array.from({ length: 5 }, () => ({ type: "section", text: { type: "plain_text", text: "x".repeat(2_700) } }));
}
