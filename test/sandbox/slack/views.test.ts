import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSigned } from "../../../src/bot/signature.ts";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";

let slack: SlackSandbox;
let client: WebClient;
let server: Server;
/** What the app was sent, and what it answers. */
let got: Record<string, unknown>[] = [];
let answer: unknown;
let signed: boolean[] = [];

beforeEach(async () => {
  slack = await startSlackSandbox();
  client = new WebClient(slack.botToken, { slackApiUrl: slack.url, retryConfig: { retries: 0 } });
  [got, signed, answer] = [[], [], undefined];
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request));
    const { "x-slack-signature": signature, "x-slack-request-timestamp": at } = request.headers;
    signed.push(isSigned(String(signature), "v0=", [slack.signingSecret], `v0:${at}:`, body));
    const text = body.toString();
    got.push(JSON.parse(new URLSearchParams(text).get("payload") ?? text) as Record<string, unknown>);
    response.end(answer === undefined ? "" : JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  slack.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await slack.close();
});

const plain = (text: string) => ({ type: "plain_text", text }) as const;
const select = {
  type: "multi_external_select",
  action_id: "jobs",
  min_query_length: 0,
  max_selected_items: 2,
  placeholder: plain("…"),
} as const;
const modal = (element: object = select) => ({
  type: "modal" as const,
  callback_id: "form",
  title: plain("Form"),
  submit: plain("Go"),
  private_metadata: "kept",
  blocks: [{ type: "input" as const, block_id: "jobs", label: plain("Jobs"), element: element as typeof select }],
});

async function trigger(): Promise<string> {
  await slack.shortcut({ as: "ada", callbackId: "open", kind: "global" });
  return String(got.at(-1)?.trigger_id);
}
async function open(view = modal()): Promise<string> {
  return (await client.views.open({ trigger_id: await trigger(), view })).view?.id ?? "";
}
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ data }: { data: { error: string } }) => data.error,
  );

describe("a modal", () => {
  it("opens once by one trigger, for the person whose it was", async () => {
    const id = await trigger();
    await client.views.open({ trigger_id: id, view: modal() });

    expect(slack.view("ada")).toMatchObject({ title: "Form", submit: "Go" });
    expect(slack.view("grace")).toBeUndefined();
    expect(await errorOf(client.views.open({ trigger_id: id, view: modal() }))).toMatch(/trigger/);
  });

  it("is refused beyond Slack's limits", async () => {
    const view = { ...modal(), title: plain("x".repeat(25)) };

    expect(await errorOf(client.views.open({ trigger_id: await trigger(), view }))).toBe("invalid_arguments");
  });

  it("cannot be changed any more when it was closed", async () => {
    const viewId = await open();
    await client.views.update({ view_id: viewId, view: { ...modal(), title: plain("Changed") } });
    expect(slack.view("ada")?.title).toBe("Changed");

    await slack.closeView({ as: "ada", viewId });

    expect(await errorOf(client.views.update({ view_id: viewId, view: modal() }))).toBe("not_found");
  });

  it("shows what the app suggests, within Slack's limits", async () => {
    const viewId = await open();
    answer = { options: [{ text: plain("Test A"), value: "a" }] };
    expect(await slack.suggest({ as: "ada", viewId, actionId: "jobs", query: "te" })).toEqual([{ text: "Test A", value: "a" }]);
    expect(got.at(-1)).toMatchObject({
      type: "block_suggestion",
      action_id: "jobs",
      value: "te",
      view: { id: viewId, private_metadata: "kept" },
    });

    for (const options of [
      Array(101).fill({ text: plain("x"), value: "x" }),
      [{ text: plain("x".repeat(76)), value: "x" }],
      [{ text: plain("x"), value: "x".repeat(151) }],
    ]) {
      answer = { options };
      await expect(slack.suggest({ as: "ada", viewId, actionId: "jobs", query: "" })).rejects.toThrow("Slack would show no options");
    }
  });

  it("asks the app only from as many characters on as it wants, which are three unless it says so", async () => {
    const { min_query_length: _, ...eager } = select;
    const viewId = await open(modal(eager));

    await expect(slack.suggest({ as: "ada", viewId, actionId: "jobs", query: "te" })).rejects.toThrow("does not ask");
  });

  it("is submitted with what was chosen among the suggestions, and closes", async () => {
    const viewId = await open();
    answer = { options: [{ text: plain("Test A"), value: "a" }] };
    await slack.suggest({ as: "ada", viewId, actionId: "jobs", query: "" });
    await expect(slack.submit({ as: "ada", viewId, values: { jobs: ["b"] } })).rejects.toThrow("offers no b");
    await expect(slack.submit({ as: "ada", viewId, values: {} })).rejects.toThrow("fill in");

    answer = { response_action: "clear" };
    await slack.submit({ as: "ada", viewId, values: { jobs: ["a"] } });

    expect(got.at(-1)).toMatchObject({
      type: "view_submission",
      view: { id: viewId, state: { values: { jobs: { jobs: { type: "multi_external_select", selected_options: [{ value: "a" }] } } } } },
    });
    expect(slack.view("ada")).toBeUndefined();
  });

  it("stays open with the app's errors beside its fields", async () => {
    const viewId = await open(modal({ ...select, initial_options: [{ text: plain("All"), value: "all" }] }));
    answer = { response_action: "errors", errors: { jobs: "Too many." } };

    const { errors } = await slack.submit({ as: "ada", viewId, values: {} });

    expect(errors).toEqual({ jobs: "Too many." });
    expect(slack.view("ada")?.id).toBe(viewId);
  });

  it("tells watchers of errors for a field that it does not have", async () => {
    const viewId = await open(modal({ ...select, initial_options: [{ text: plain("All"), value: "all" }] }));
    answer = { response_action: "errors", errors: { nowhere: "Too many." } };
    const said: unknown[] = [];
    slack.onExchange(({ answer: { error } }) => said.push(error));

    await slack.submit({ as: "ada", viewId, values: {} });

    expect(said).toEqual(["invalid_payload"]);
  });
});

describe("the home tab", () => {
  it("is announced when somebody opens it, and shown to them as published", async () => {
    await slack.openHome("ada");
    expect(got.at(-1)).toMatchObject({
      event: { type: "app_home_opened", tab: "home", user: slack.people.ada.id, channel: slack.people.ada.dm },
    });

    const blocks = [{ type: "actions", elements: [{ type: "button", action_id: "go", text: plain("Go"), value: "1" }] } as const];
    const { view } = await client.views.publish({ user_id: slack.people.ada.id, view: { type: "home", blocks: [...blocks] } });
    await slack.clickInView({ as: "ada", viewId: view?.id ?? "", actionId: "go" });

    const click = got.at(-1);
    expect(click).toMatchObject({ type: "block_actions", container: { type: "view" }, actions: [{ action_id: "go", value: "1" }] });
    expect([click?.channel, click?.response_url]).toEqual([undefined, undefined]);
    expect(
      await errorOf(client.views.publish({ user_id: slack.people.ada.id, view: { type: "home", blocks: [...blocks] }, hash: "1.1" })),
    ).toBe("hash_conflict");
  });
});

describe("a shortcut", () => {
  it("on a message brings the message along, signed, with an address to answer at", async () => {
    const { message } = await slack.say({ as: "grace", channel: "ci", text: "see a/b#1" });

    await slack.shortcut({ as: "ada", callbackId: "do", kind: "message", messageId: message.id });

    expect(got.at(-1)).toMatchObject({
      type: "message_action",
      callback_id: "do",
      message: { text: "see a/b#1" },
      channel: { name: "ci" },
    });
    expect(got.at(-1)?.response_url).toMatch(/^http/);
    expect(signed.every(Boolean)).toBe(true);
  });

  it("of the workspace has neither channel nor message", async () => {
    await slack.shortcut({ as: "ada", callbackId: "do", kind: "global" });

    expect(got.at(-1)).toMatchObject({ type: "shortcut", callback_id: "do" });
    expect(Object.keys(got.at(-1) ?? {})).not.toEqual(expect.arrayContaining(["channel"]));
  });
});

it("tells the app that it was invited", async () => {
  slack.setBotIn("ci", false);
  await slack.inviteBot("ci", "ada");

  expect(got.at(-1)).toMatchObject({ event: { type: "member_joined_channel", user: slack.botUserId, inviter: slack.people.ada.id } });
  await client.chat.postMessage({ channel: slack.channels.ci.id, text: "Hello" });
});
