import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startWorld, type World } from "../scenarios/world.ts";

let world: World;
let hasClosed: boolean;
beforeEach(async () => {
  world = await startWorld();
  hasClosed = false;
});
afterEach(async () => {
  if (!hasClosed) await world.close();
});

async function closing(): Promise<string> {
  hasClosed = true;
  return world.close().then(
    () => "closed",
    ({ message }: Error) => message,
  );
}

const asBot = () => new WebClient(world.slack.botToken, { slackApiUrl: world.slack.url, retryConfig: { retries: 0 } });
const asApp = (route: string, options: Record<string, unknown> = {}) =>
  new Octokit({ baseUrl: world.github.url, authStrategy: createAppAuth, auth: { appId: world.github.app.id, ...world.github.app } })
    .request(route, options)
    .catch(() => {});

describe("a world in which a contract was broken", () => {
  it("closes with what was said to GitHub, where, and what was expected", async () => {
    await asApp("GET /users/ada?depth=1");
    await asApp("POST /repos/nextrust/nextrust/issues/1/comments", { body: 7 });

    expect(await closing()).toBe(
      [
        "Contracts were broken:",
        "- GET /users/ada: query /: must NOT have additional properties (depth)",
        "- POST /repos/nextrust/nextrust/issues/1/comments: request /body: must be string, not 7",
      ].join("\n"),
    );
  });

  it("closes with what was said to Slack by a call, and by a response URL", async () => {
    const channel = world.slack.channels.random.id;
    const { responseUrl } = await world.slack.slash({ as: "ada", channel: "random", text: "help" });
    await fetch(responseUrl, { method: "POST", body: JSON.stringify({ text: "x", blocks: [{ type: "bogus" }] }) });
    await fetch(responseUrl, { method: "POST", body: JSON.stringify({ txt: "x" }) });
    await asBot()
      .chat.postMessage({ channel, text: "x".repeat(40_001) })
      .catch(() => {});
    await asBot()
      .apiCall("chat.postMessage", { channel, text: "x", colour: "red" })
      .catch(() => {});
    await asBot()
      .apiCall("reactions.add", { channel, name: "eyes" })
      .catch(() => {});

    const message = await closing();

    expect(message).toMatch(/response_url: invalid_blocks \[ERROR\] .* \[json-pointer:\/blocks\/0\/type\]/);
    expect(message).toMatch(/response_url: invalid_payload \[ERROR\] .*txt/);
    expect(message).toMatch(/chat\.postMessage: text is cut at 40000 characters/);
    expect(message).toMatch(/chat\.postMessage: invalid_arguments \[ERROR\] .*colour/);
    expect(message).toMatch(/reactions\.add: src\/sandbox\/slack\/arguments\.ts lacks this method/);
  });

  it("closes in peace when only a service failed", async () => {
    world.slack.fail(/^chat\.postMessage$/, { error: "invalid_blocks", times: 1 });
    world.github.fail(/^GET \/user/, { status: 200, body: { login: 7 } });
    await asApp("GET /user");
    await asBot()
      .chat.postMessage({ channel: world.slack.channels.ci.id, text: "x" })
      .catch(() => {});

    expect(await closing()).toBe("closed");
  });
});
