import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../../src/sandbox/github/access.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp, asAppItself, statusOf, withToken } from "./clients.ts";

let github: GitHubSandbox;
beforeAll(async () => {
  github = await startGitHubSandbox();
});
afterAll(() => github.close());

const permissionOf = async (username: string, repository = github.repository, as = asApp(github)) => {
  const [owner = "", repo = ""] = repository.split("/");
  const { data } = await as.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { owner, repo, username });
  return { permission: data.permission, role_name: data.role_name, login: data.user?.login, id: data.user?.id };
};

describe("tokens", () => {
  it("refuses a token that it never gave out, for REST and GraphQL alike", async () => {
    const stranger = withToken(github, "ghp_nonsense");

    expect(await statusOf(stranger.request("GET /repos/nextrust/nextrust"))).toBe(401);
    expect(await statusOf(stranger.request("GET /repos/nextrust/secret"))).toBe(401);
    expect(await statusOf(stranger.request("POST /repos/nextrust/nextrust/issues/1/comments", { body: "hello" }))).toBe(401);
    expect(await statusOf(stranger.graphql("{ viewer { login } }"))).toBe(401);
    expect(await github.comments(github.pulls.green)).toEqual([]);
  });

  it("wants a token for GraphQL, and none for what is public", async () => {
    expect((await fetch(`${github.url}/graphql`, { method: "POST", body: '{"query":"{viewer{login}}"}' })).status).toBe(401);
    expect((await fetch(`${github.url}/repos/nextrust/nextrust`)).status).toBe(200);
    expect((await fetch(`${github.url}/repos/nextrust/secret`)).status).toBe(404);
  });

  it("knows the App by its key, and by no other", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const app = asAppItself(github);

    expect((await app.request("GET /app")).data).toMatchObject({ id: Number(github.app.id), slug: "nextrust-ci" });
    expect((await app.request("GET /repos/NeXTRust/nextrust/installation")).data.id).toBe(github.app.installationId);
    expect(await statusOf(asAppItself(github, privateKey).request("GET /app"))).toBe(401);
    expect(await statusOf(withToken(github, github.people.ada.token).request("GET /repos/nextrust/nextrust/installation"))).toBe(401);
  });

  it("gives an installation the App's account, and no user of its own", async () => {
    const bot = asApp(github);

    expect(await bot.graphql("{ viewer { login } }")).toEqual({ viewer: { login: "nextrust-ci[bot]" } });
    expect(await statusOf(bot.request("GET /user"))).toBe(403);
  });

  it("forgets an installation's tokens when they are revoked", async () => {
    const bot = asApp(github);
    const { token } = (await bot.auth({ type: "installation" })) as { token: string };

    github.revokeInstallationTokens();

    expect(await statusOf(withToken(github, token).graphql("{ viewer { login } }"))).toBe(401);
  });

  it("narrows a token to the permissions that were asked for", async () => {
    const auth = asApp(github).auth as (options: object) => Promise<{ token: string }>;
    const { token } = await auth({ type: "installation", permissions: { metadata: "read" } });

    const answer = withToken(github, token).request("POST /repos/nextrust/nextrust/issues/1/comments", { body: "hello" });

    await expect(answer).rejects.toMatchObject({ status: 403, message: expect.stringContaining("Resource not accessible by integration") });
  });

  it("tells a person's token who it is, and finds an account by its id", async () => {
    const { ada, ravi } = github.people;

    expect((await withToken(github, ada.token).request("GET /user")).data).toMatchObject({ login: "ada", id: ada.id });
    expect((await asApp(github).request("GET /user/{account_id}", { account_id: ravi.id })).data.login).toBe("ravi");
    expect(await statusOf(asApp(github).request("GET /user/{account_id}", { account_id: 9_999 }))).toBe(404);
  });
});

describe("roles", () => {
  it.each([
    ["grace", "admin", "admin"],
    ["ada", "write", "maintain"],
    ["ravi", "read", "read"],
    ["sam", "read", "read"],
  ])("answers for %s on the public repository %s, exactly %s", async (login, permission, role_name) => {
    const { id } = github.people[login as "ada"];

    expect(await permissionOf(login.toUpperCase())).toEqual({ permission, role_name, login, id });
  });

  it("has no role for those who cannot see the private repository, which does not exist for them", async () => {
    expect(await permissionOf("ada", github.secretRepository)).toMatchObject({ permission: "write", role_name: "maintain" });
    expect(await permissionOf("ravi", github.secretRepository)).toMatchObject({ permission: "none", role_name: "none" });
    const ravi = withToken(github, github.people.ravi.token);
    expect(await statusOf(ravi.request("GET /repos/nextrust/secret"))).toBe(404);
    await expect(github.comment("ravi", github.pulls.secret, "/ci-status", github.secretRepository)).rejects.toThrow("404");
    expect(await github.comment("ada", github.pulls.secret, "/ci-status", github.secretRepository)).toHaveProperty("guid");
    await expect(ravi.graphql('{ repository(owner: "nextrust", name: "secret") { id } }')).rejects.toMatchObject({
      errors: [{ type: "NOT_FOUND", message: "Could not resolve to a Repository with the name 'nextrust/secret'." }],
    });
  });

  it("knows no permission of somebody who does not exist", async () => {
    expect(await statusOf(permissionOf("nobody-at-all"))).toBe(404);
  });

  it.each([
    ["triage", "read"],
    ["write", "write"],
    ["admin", "admin"],
    ["none", "read"],
  ] as const satisfies [Role | "none", string][])("takes a new role at once: %s", async (role, permission) => {
    await github.setRole("sam", role);

    expect(await permissionOf("sam")).toMatchObject({ permission, role_name: role === "none" ? "read" : role });
  });
});
