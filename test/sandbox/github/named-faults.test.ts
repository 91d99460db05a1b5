import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { badGateway, notAccessible, primaryLimit, secondaryLimit, tooManyRequests } from "../../../src/sandbox/github/named-faults.ts";
import { statusOf, withToken } from "./clients.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

const ask = () => withToken(github, github.people.ada.token).request("GET /user");

describe("faults by name", () => {
  it.each([
    ["a secondary limit", secondaryLimit(7), 403, { "retry-after": "7" }, /secondary-rate-limits/],
    ["a primary limit", primaryLimit(1_800_000_000), 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000000" }, /primary/],
    ["too many requests", tooManyRequests(3), 429, { "retry-after": "3" }, /limits/],
    ["a bad gateway", badGateway, 502, { "content-type": "text/html; charset=utf-8" }, /<html>/],
    ["a missing permission", notAccessible, 403, {}, /Resource not accessible by integration/],
  ])("answer as GitHub does: %s", async (_, fault, status, headers, words) => {
    github.fail(/^GET \/user$/, fault);

    const error = (await ask().catch((caught: unknown) => caught)) as { response: { headers: object; data: unknown } };

    expect(error).toMatchObject({ status, response: { headers } });
    expect(JSON.stringify(error.response.data)).toMatch(words);
    expect(await statusOf(ask())).toBe(200);
  });

  it("give the real answer late", async () => {
    github.fail(/^GET \/user$/, { delayMs: 80 });
    const startedAt = performance.now();

    const { data } = await ask();

    expect(data.login).toBe("ada");
    expect(performance.now() - startedAt).toBeGreaterThan(75);
  });
});

describe("those who watch the calls", () => {
  it("are told of each with its query, its body and its answer, but of none that a fault answered", async () => {
    const seen: unknown[] = [];
    const stop = github.onExchange((exchange) => seen.push(exchange));
    const ada = withToken(github, github.people.ada.token);
    github.fail(/^GET \/user$/, badGateway);
    github.fail(/^GET \/user$/, { delayMs: 1 });
    github.fail(/^GET \/users\/ravi$/, "drop-after");

    await statusOf(ask());
    await statusOf(ada.request("GET /users/ravi"));
    await ask();
    await ada.request("POST /repos/nextrust/nextrust/issues/1/comments?draft=no", { body: "hello" });
    stop();
    await ask();

    expect(seen).toMatchObject([
      { method: "GET", path: "/user", requestBody: undefined, status: 200, responseBody: { login: "ada" } },
      {
        method: "POST",
        path: "/repos/nextrust/nextrust/issues/1/comments",
        query: new URLSearchParams("draft=no"),
        requestBody: { body: "hello" },
        status: 201,
      },
    ]);
  });
});
