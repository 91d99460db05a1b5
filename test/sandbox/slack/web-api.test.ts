import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";

let slack: SlackSandbox;
let client: WebClient;

const aClient = (token: string) =>
  new WebClient(token, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });

beforeAll(async () => {
  slack = await startSlackSandbox();
  client = aClient(slack.botToken);
});

afterAll(() => slack.close());

describe("the Web API", () => {
  it("knows its own bot", async () => {
    await expect(client.auth.test()).resolves.toMatchObject({
      team_id: slack.teamId,
      user_id: slack.botUserId,
      is_enterprise_install: false,
    });
  });

  it("takes the token from the form as well", async () => {
    const answer = await fetch(`${slack.url}auth.test`, { method: "POST", body: new URLSearchParams({ token: slack.botToken }) });

    await expect(answer.json()).resolves.toMatchObject({ ok: true });
  });

  it("refuses an unknown token and an unknown method with 200, as Slack does", async () => {
    await expect(aClient("xoxb-other").auth.test()).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    await expect(client.apiCall("chat.teleport")).rejects.toMatchObject({ data: { error: "unknown_method" } });
  });

  it("tells guests and people of other workspaces apart", async () => {
    const { user: gil } = await client.users.info({ user: slack.people.gil.id });
    const { user: fay } = await client.users.info({ user: slack.people.fay.id });

    expect(gil).toMatchObject({ is_restricted: true, team_id: slack.teamId });
    expect(fay).toMatchObject({ is_restricted: false, team_id: slack.people.fay.teamId });
    expect(slack.people.fay.teamId).not.toBe(slack.teamId);
  });

  it("tells a channel shared with another workspace apart", async () => {
    const { channel: partners } = await client.conversations.info({ channel: slack.channels.partners.id });
    const { channel: ci } = await client.conversations.info({ channel: slack.channels.ci.id });

    expect(partners).toMatchObject({ is_ext_shared: true, is_shared: true });
    expect(ci).toMatchObject({ is_ext_shared: false, is_private: false, is_im: false });
  });

  it("says who is in a user group, and knows none that is not there", async () => {
    slack.setGroup("S0ONCALL1", ["ada", "ravi"]);
    slack.setGroup("S0ONCALL2", []);
    const membersOf = (usergroup: string) => client.usergroups.users.list({ usergroup });

    await expect(membersOf("S0ONCALL1")).resolves.toMatchObject({ ok: true, users: [slack.people.ada.id, slack.people.ravi.id] });
    await expect(membersOf("S0ONCALL2")).resolves.toMatchObject({ ok: true, users: [] });
    await expect(membersOf("S0ONCALL3")).rejects.toMatchObject({ data: { error: "no_such_subteam" } });
  });

  it("opens the conversation with a person", async () => {
    const { channel } = await client.conversations.open({ users: slack.people.ravi.id });

    expect(channel?.id).toBe(slack.people.ravi.dm);
  });
});

describe("a message of the bot", () => {
  it("carries who sent it, and its metadata for those who ask", async () => {
    const metadata = { event_type: "reply", event_payload: { key: "12" } };
    const { ts } = await client.chat.postMessage({ channel: slack.channels.ci.id, text: "Hello", metadata });

    const asked = await client.conversations.history({ channel: slack.channels.ci.id, include_all_metadata: true });
    const plain = await client.conversations.history({ channel: slack.channels.ci.id });

    expect(asked.messages?.[0]).toMatchObject({
      ts,
      text: "Hello",
      team: slack.teamId,
      bot_id: expect.any(String),
      app_id: expect.any(String),
      metadata,
    });
    expect(plain.messages?.[0]).not.toHaveProperty("metadata");
  });

  it("is found in a window of time", async () => {
    const { ts } = await client.chat.postMessage({ channel: slack.channels.partners.id, text: "First" });
    await client.chat.postMessage({ channel: slack.channels.partners.id, text: "Second" });

    const after = await client.conversations.history({ channel: slack.channels.partners.id, oldest: ts ?? "" });

    expect(after.messages?.map(({ text }) => text)).toEqual(["Second"]);
  });

  it("changes where it stands", async () => {
    const { ts } = await client.chat.postMessage({ channel: slack.channels.random.id, text: "Before" });

    await client.chat.update({ channel: slack.channels.random.id, ts: ts ?? "", text: "After" });

    expect(slack.transcript("random", "uma").at(-1)).toMatchObject({ ts, text: "After", edited: true });
  });

  it("is refused, with the place named, when it breaks a limit of Block Kit", async () => {
    const blocks = [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }];

    const posting = client.chat.postMessage({ channel: slack.channels.ci.id, text: "Long", blocks });

    await expect(posting).rejects.toMatchObject({
      data: {
        error: "invalid_blocks",
        response_metadata: { messages: ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"] },
      },
    });
  });
});

describe("trouble on demand", () => {
  it("limits a method's rate for as many calls as asked", async () => {
    slack.fail(/^chat\.postMessage$/, { retryAfter: 7, times: 1 });
    const post = () => client.chat.postMessage({ channel: slack.channels.ci.id, text: "Now?" });

    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it("answers with Slack's own error until it is taken back", async () => {
    const heal = slack.fail(/^conversations\./, { error: "missing_scope" });

    await expect(client.conversations.info({ channel: slack.channels.ci.id })).rejects.toMatchObject({ data: { error: "missing_scope" } });
    heal();
    await expect(client.conversations.info({ channel: slack.channels.ci.id })).resolves.toMatchObject({ ok: true });
  });

  it("leaves a call without an answer", async () => {
    slack.fail(/^auth\.test$/, { hang: true, times: 1 });

    const hung = fetch(`${slack.url}auth.test`, { method: "POST", signal: AbortSignal.timeout(100) });

    await expect(hung).rejects.toThrow();
  });

  it("adds latency to every call", async () => {
    const slow = await startSlackSandbox({ latencyMs: 80 });

    await fetch(`${slow.url}auth.test`, { method: "POST" });

    expect(slow.calls()).toMatchObject([{ method: "auth.test", ok: false, error: "not_authed" }]);
    expect(slow.calls()[0]?.tookMs).toBeGreaterThanOrEqual(79);
    await slow.close();
  });
});
