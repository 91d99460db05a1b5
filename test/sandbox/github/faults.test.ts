import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { statusOf, withToken } from "./clients.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

const ada = () => withToken(github, github.people.ada.token);
const say = (body: string) => ada().request("POST /repos/nextrust/nextrust/issues/1/comments", { body });

describe("faults", () => {
  it("answer as told, as often as told, and carry nothing out", async () => {
    github.fail(/^POST .*\/comments$/, { status: 502, headers: { "retry-after": "7" } }, 2);

    await expect(say("one")).rejects.toMatchObject({ status: 502, response: { headers: { "retry-after": "7" } } });
    expect(await statusOf(say("two"))).toBe(502);
    expect(await statusOf(say("three"))).toBe(200);

    expect((await github.comments(1)).map(({ body }) => body)).toEqual(["three"]);
  });

  it("find a GraphQL call by its operation, or else by its first field", async () => {
    github.fail(/graphql WhoAmI$/, "rate-limited");
    github.fail(/graphql viewer$/, { status: 403, body: { message: "You have exceeded a secondary rate limit." } });

    await expect(ada().graphql("query WhoAmI { viewer { login } }")).rejects.toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
    expect(await statusOf(ada().graphql("{ viewer { login } }"))).toBe(403);
    expect(await ada().graphql("{ viewer { login } }")).toEqual({ viewer: { login: "ada" } });
  });

  it("break the connection after the comment was stored, so that the caller cannot know", async () => {
    github.fail(/^POST .*\/comments$/, "drop-after");

    await expect(say("posted but not recorded")).rejects.toThrow();

    expect(await github.comments(1)).toMatchObject([{ body: "posted but not recorded" }]);
  });

  it("break the connection before anything is done", async () => {
    github.fail(/^POST .*\/comments$/, "drop-before");

    await expect(say("never posted")).rejects.toThrow();

    expect(await github.comments(1)).toEqual([]);
  });

  it("never answer, until the caller gives up", async () => {
    github.fail(/^GET \/user$/, "hang");

    await expect(ada().request("GET /user", { request: { signal: AbortSignal.timeout(60) } })).rejects.toThrow();
    expect(await statusOf(ada().request("GET /user"))).toBe(200);
  });

  it("leave people alone: what they say still gets through", async () => {
    github.fail(/comments/, { status: 500 });

    await github.comment("ravi", 1, "/ci-status");

    expect(await github.comments(1)).toMatchObject([{ author: "ravi" }]);
  });

  it("can slow every call down", async () => {
    github.setLatency(80);
    const startedAt = performance.now();

    await ada().request("GET /user");

    expect(performance.now() - startedAt).toBeGreaterThan(75);
  });
});

describe("the log of calls", () => {
  it("holds every call from outside by name, actor and status, and tells listeners", async () => {
    let changes = 0;
    const stop = github.onChange(() => changes++);
    await github.comment("ravi", 1, "/ci-status");
    await ada().graphql("query WhoAmI { viewer { login } }");
    await statusOf(withToken(github, "nonsense").request("GET /user"));
    stop();
    const seen = changes;
    await ada().request("GET /user");

    expect(github.calls().map(({ name, actor, status }) => [name, actor, status])).toEqual([
      ["POST /graphql WhoAmI", "ada", 200],
      ["GET /user", "unknown", 401],
      ["GET /user", "ada", 200],
    ]);
    expect(seen).toBeGreaterThanOrEqual(3);
    expect(changes).toBe(seen);
  });
});
