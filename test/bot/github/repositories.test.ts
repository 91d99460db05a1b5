import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubRepositories } from "../../../src/bot/github/repositories.ts";
import type { Repositories } from "../../../src/pipeline/repositories.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";

let sandbox: GitHubSandbox;
let repositories: Repositories;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
  const credentials = { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) };
  repositories = githubRepositories(createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })));
});
afterAll(() => sandbox.close());

describe("who can see a repository", () => {
  it("is asked of GitHub each time", async () => {
    expect(await repositories.isPrivate(sandbox.secretRepository)).toBe(true);
    sandbox.setPrivate(true);
    expect(await repositories.isPrivate(sandbox.repository)).toBe(true);
    sandbox.setPrivate(false);

    expect(await repositories.isPrivate(sandbox.repository)).toBe(false);
  });
});
