import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubPullRequests } from "../../../src/bot/github/pull-requests.ts";
import { rollup } from "../../../src/pipeline/pipelines.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";

let sandbox: GitHubSandbox;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
});
afterAll(() => sandbox.close());

const pullRequests = () =>
  githubPullRequests(
    createGitHub(
      { apiUrl: sandbox.url, credentials: { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) }, webhookSecrets: [] },
      pino({ level: "silent" }),
    ),
  );

describe("somebody's open pull requests", () => {
  it("are found over all repositories by one search, with how far their jobs are", async () => {
    const before = sandbox.calls().length;

    const found = await pullRequests().openBy("ada", [sandbox.repository, sandbox.secretRepository]);

    const red = found.find(({ repository, number }) => repository === sandbox.repository && number === sandbox.pulls.red);
    expect(red).toMatchObject({ title: "Handle FPU traps in the kernel", counts: { failed: 1, passed: 5, skipped: 1 } });
    expect(red && rollup(red)).toBe("failed");
    expect(new Set(found.map(({ repository }) => repository))).toEqual(new Set([sandbox.repository, sandbox.secretRepository]));
    const searches = sandbox
      .calls()
      .slice(before)
      .filter(({ name }) => name.includes("OpenPullRequests"));
    expect(searches).toHaveLength(1);
  });

  it("are nobody else's, and none of a repository that was not named or where the App is not installed", async () => {
    const found = await pullRequests().openBy("ada", [sandbox.repository, "nextrust/nowhere"]);

    expect(new Set(found.map(({ repository }) => repository))).toEqual(new Set([sandbox.repository]));
    expect(await pullRequests().openBy("uma", [sandbox.repository])).toEqual([]);
  });

  it("are found in the last of many repositories too", async () => {
    const others = Array.from({ length: 25 }, (_, at) => `nextrust/other-${at}`);

    const found = await pullRequests().openBy("ada", [...others, sandbox.repository]);

    expect(new Set(found.map(({ repository }) => repository))).toEqual(new Set([sandbox.repository]));
  });

  it("cannot be told while GitHub is away", async () => {
    sandbox.fail(/OpenPullRequests/, { status: 502 }, 3);

    await expect(pullRequests().openBy("ada", [sandbox.repository])).rejects.toMatchObject({ name: "ServiceError", retryable: true });
  });
});
