import { readFile } from "node:fs/promises";
import { Octokit } from "@octokit/core";
import { restEndpointMethods } from "@octokit/plugin-rest-endpoint-methods";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { events, operations } from "../../../scripts/github-contract/used.ts";
import type { Exchange } from "../../../src/sandbox/github/exchanges.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp, asAppItself, statusOf, withToken } from "../../sandbox/github/clients.ts";
import { restContract } from "./rest.ts";
import { watchGitHub } from "./watch.ts";
import { webhookContract } from "./webhooks.ts";

describe("what the emulated GitHub answers and sends", () => {
  let github: GitHubSandbox;
  let violations: Awaited<ReturnType<typeof watchGitHub>>;
  beforeEach(async () => {
    github = await startGitHubSandbox();
    violations = await watchGitHub(github);
  });
  afterEach(() => github.close());

  const repo = { owner: "nextrust", repo: "nextrust" };

  it("is what GitHub describes", async () => {
    const [app, bot, ada] = [asAppItself(github), asApp(github), withToken(github, github.people.ada.token)];
    const { id } = await github.comment("ada", github.pulls.red, "/ci-status");
    await github.edit("ada", id, "/ci-help");
    await github.comment("sam", github.issue, "Does it?");
    await github.push(github.pulls.green);

    await app.request("GET /app");
    await app.request("GET /repos/{owner}/{repo}/installation", repo);
    const { data: deliveries } = await app.request("GET /app/hook/deliveries", { per_page: 10 });
    const delivery_id = Number(deliveries[0]?.id);
    await app.request("GET /app/hook/deliveries/{delivery_id}", { delivery_id });
    await app.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id });
    const { data } = await bot.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...repo,
      issue_number: 1,
      body: "x",
    });
    await bot.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...repo, comment_id: Number(data.id), body: "y" });
    await bot.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...repo, issue_number: 1 });
    await bot.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { ...repo, username: "ada" });
    await bot.request("GET /repos/{owner}/{repo}/contents/{path}", { ...repo, path: ".github/workflows/ci.yml" });
    await bot.request("GET /users/{username}", { username: "ada" });
    await bot.request("GET /user/{account_id}", { account_id: github.people.ada.id });
    await ada.request("GET /user");
    const { clientId, clientSecret } = github.oauth;
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    const body = JSON.stringify({ access_token: "ghu_unknown" });
    const headers = { authorization, "content-type": "application/json" };
    expect((await fetch(`${github.url}/applications/${clientId}/token`, { method: "DELETE", headers, body })).status).toBe(404);

    expect(violations()).toEqual([]);
  });

  it("is not looked at when a test made it up, or when a fault took its place", async () => {
    github.fail(/^GET \/user$/, { status: 200, body: { login: 7 } });
    await withToken(github, github.people.ada.token).request("GET /user");
    await github.deliver("issue_comment", { action: "created", comment: "none" });

    expect(violations()).toEqual([]);
  });

  it.each<[string, (bot: Octokit) => Promise<unknown>, RegExp]>([
    [
      "an invented route",
      (bot) => bot.request("GET /repos/nextrust/nextrust/discussions"),
      /GET .*\/discussions: GitHub has no such route/,
    ],
    ["an invented parameter", (bot) => bot.request("GET /users/ada?depth=1"), /query \/: must NOT have additional properties \(depth\)/],
    [
      "a parameter of the wrong type",
      (bot) => bot.request("GET /repos/nextrust/nextrust/issues/1/comments?per_page=many"),
      /query \/per_page: must be integer, not "many"/,
    ],
    [
      "a misspelt field",
      (bot) => bot.request("POST /repos/nextrust/nextrust/issues/1/comments", { body: "x", boddy: "y" }),
      /request \/: must NOT have additional properties \(boddy\)/,
    ],
    [
      "a cache's key in the body",
      (bot) => bot.request("DELETE /repos/nextrust/nextrust/actions/caches", { data: { key: "cargo" } }),
      /query \/: must have required property 'key'[\s\S]*no body is expected/,
    ],
    ["a field that GraphQL lacks", (bot) => bot.graphql("{ viewer { shoeSize } }"), /\/graphql: document .*shoeSize/],
    [
      "a variable of the wrong type",
      (bot) => bot.graphql('query ($n: Int!) { repository(owner: "nextrust", name: "nextrust") { issue(number: $n) { id } } }', { n: "1" }),
      /\/graphql: variables .*Int cannot represent/,
    ],
    [
      "a variable that is not declared",
      (bot) => bot.graphql("{ viewer { login } }", { surplus: 1 }),
      /variables \$surplus is not declared/,
    ],
  ])("refuses %s", async (_, call, violation) => {
    await statusOf(call(asApp(github)));

    expect(violations().join("\n")).toMatch(violation);
  });

  it("lets a cache be deleted by its exact key", async () => {
    const options = { auth: github.people.grace.token, baseUrl: github.url, log: { debug() {}, info() {}, warn() {}, error() {} } };
    const { rest } = new (Octokit.plugin(restEndpointMethods))(options);

    await statusOf(rest.actions.deleteActionsCacheByKey({ ...repo, key: "cargo", ref: "refs/heads/main" }));

    expect(violations().filter((one) => /query|request/.test(one))).toEqual([]);
  });
});

describe("the contract", () => {
  let rest: Awaited<ReturnType<typeof restContract>>;
  let webhook: Awaited<ReturnType<typeof webhookContract>>;
  beforeAll(async () => {
    [rest, webhook] = await Promise.all([restContract(), webhookContract()]);
  });

  const exchange = (method: string, path: string, more: Partial<Exchange>): Exchange => ({
    by: "app",
    method,
    path,
    query: new URLSearchParams(),
    requestBody: undefined,
    status: 200,
    responseBody: undefined,
    headers: {},
    ...more,
  });
  const dispatches = "/repos/o/r/actions/workflows/ci.yml/dispatches";

  it.each([
    ["an answer without its body", exchange("POST", dispatches, { requestBody: { ref: "main" }, status: 204 }), []],
    ["a missing body", exchange("POST", dispatches, { status: 204 }), ["request /: a body is required"]],
    [
      "a status that is not documented",
      exchange("GET", "/repos/o/r/actions/jobs/1/logs", {}),
      [expect.stringContaining("200 is not documented")],
    ],
    ["a redirect and a failure", exchange("GET", "/repos/o/r/actions/jobs/1/logs", { status: 302 }), []],
    [
      "an id that is no number",
      exchange("GET", "/repos/o/r/actions/jobs/one", { status: 404 }),
      [expect.stringContaining("no such route")],
    ],
    [
      "a null where none may be",
      exchange("GET", "/repos/o/r/actions/cache/usage", {
        responseBody: { full_name: null, active_caches_count: 0, active_caches_size_in_bytes: 0 },
      }),
      ["answer /full_name: must be string, not null"],
    ],
  ])("knows %s", (_, given, expected) => {
    expect(rest(given)).toEqual(expected);
  });

  it("holds just what its script says that we use", async () => {
    const read = async (name: string) => JSON.parse(await readFile(new URL(name, import.meta.url), "utf8"));

    expect(Object.keys((await read("openapi.json")).operations)).toEqual(operations.map((one) => one.join(" ")));
    expect(Object.keys((await read("webhooks.json")).payloads)).toEqual(events);
  });

  it("knows what an event's payload must hold, and which events there are", () => {
    expect(webhook({ event: "ping", payload: { zen: "Keep it logically awesome.", hook_id: "1" } }).join("\n")).toContain(
      'payload /hook_id: must be integer, not "1"',
    );
    expect(webhook({ event: "workflow_job", payload: { action: "paused" } })).toEqual([
      expect.stringContaining("GitHub sends no such event"),
    ]);
  });
});
