import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";

const halfAnHourMs = 30 * 60_000;
let nowMs = 0;
let slack: SlackSandbox;
let silentBot: Server;

beforeAll(async () => {
  slack = await startSlackSandbox({ now: () => nowMs });
  silentBot = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => silentBot.listen(0, "127.0.0.1", resolve));
  slack.connect(`http://127.0.0.1:${(silentBot.address() as AddressInfo).port}/slack/events`);
});

afterAll(async () => {
  silentBot.close();
  await slack.close();
});

async function respond(url: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

const typed = async () => (await slack.slash({ as: "ada", channel: "ci", text: "status" })).responseUrl;

const last = () => slack.transcript("ci", "ada").at(-1);

const button = [{ type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "Go" }, action_id: "go" }] }];

async function clicked(responseType: "ephemeral" | "in_channel") {
  await respond(await typed(), { text: "Click", blocks: button, response_type: responseType });
  const message = last();
  if (!message) throw new Error("Nothing to click.");
  return { message, url: (await slack.click({ as: "ada", messageId: message.id, actionId: "go" })).responseUrl };
}

describe("a response URL", () => {
  it("takes five answers and no sixth", async () => {
    const url = await typed();

    const statuses = [];
    for (const text of ["1", "2", "3", "4", "5"]) statuses.push((await respond(url, { text })).status);

    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    await expect(respond(url, { text: "6" })).resolves.toEqual({ status: 404, body: { ok: false, error: "used_url" } });
  });

  it("lives for thirty minutes", async () => {
    const url = await typed();

    nowMs += halfAnHourMs;
    const inTime = await respond(url, { text: "In time" });
    nowMs += 1;
    const late = await respond(url, { text: "Late" });

    expect(inTime.status).toBe(200);
    expect(late).toEqual({ status: 404, body: { ok: false, error: "expired_url" } });
  });

  it("speaks to the asker alone unless it says in_channel", async () => {
    await respond(await typed(), { text: "Psst" });
    expect(last()).toMatchObject({ text: "Psst", visibleTo: slack.people.ada.id });

    await respond(await typed(), { text: "Hear", response_type: "in_channel" });
    expect(slack.transcript("ci", "ravi").at(-1)).toMatchObject({ text: "Hear" });
  });

  it("of a command adds a message even when told to replace one, as Slack does", async () => {
    const url = await typed();
    await respond(url, { text: "Thinking" });

    await respond(url, { text: "Done", replace_original: true });

    expect(slack.transcript("ci", "ada").slice(-2)).toMatchObject([{ text: "Thinking" }, { text: "Done", edited: false }]);
  });

  it.each(["ephemeral", "in_channel"] as const)("of a click on an %s message replaces and deletes it", async (responseType) => {
    const { message, url } = await clicked(responseType);

    await respond(url, { text: "Clicked", replace_original: true });
    expect(last()).toMatchObject({ id: message.id, text: "Clicked", edited: true, actions: [] });

    await respond(url, { delete_original: true });
    expect(slack.transcript("ci").some(({ id }) => id === message.id)).toBe(false);
  });

  it("refuses blocks beyond the limits, and nothing at all", async () => {
    const bad = await respond(await typed(), { text: "x", blocks: [{ type: "bogus" }] });
    const empty = await respond(await typed(), {});

    expect(bad).toMatchObject({ status: 400, body: { error: "invalid_blocks" } });
    expect(empty).toMatchObject({ status: 400, body: { error: "no_text" } });
  });

  it("can be made to fail", async () => {
    const url = await typed();
    slack.fail(/^response_url$/, { status: 500, times: 1 });

    await expect(respond(url, { text: "x" })).resolves.toMatchObject({ status: 500 });
    await expect(respond(url, { text: "x" })).resolves.toMatchObject({ status: 200 });
  });
});
