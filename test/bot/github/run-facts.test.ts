import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubRunFacts } from "../../../src/bot/github/run-facts.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";

let sandbox: GitHubSandbox;
let violations: () => readonly string[];
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
  violations = await watchGitHub(sandbox, "the bot");
  await asGrace("POST", "/orgs/nextrust/teams", { name: "compiler" });
  await asGrace("PUT", "/orgs/nextrust/teams/compiler/memberships/ada", { role: "member" });
});
afterAll(async () => {
  await sandbox.close();
  expect(violations()).toEqual([]);
});

async function asGrace(method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: `token ${sandbox.people.grace.token}`, "content-type": "application/json" };
  const response = await fetch(sandbox.url + path, { method, headers, body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
}

const facts = () => {
  const credentials = { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) };
  return githubRunFacts(createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })));
};

describe("what GitHub tells of a run", () => {
  it("is the files that a pull request changes", async () => {
    expect(await facts().changedFiles(sandbox.repository, { pullRequest: sandbox.pulls.red })).toEqual(["src/fpu-traps.rs"]);
  });

  it("is the files that a commit changes", async () => {
    const [run] = await sandbox.runs("main");

    expect(await facts().changedFiles(sandbox.repository, { commit: run?.headSha ?? "" })).toEqual([".github/workflows/ci.yml"]);
  });

  it("is whether somebody is in a team, once the App may read members", async () => {
    const asked = facts();
    await expect(asked.isInTeam(sandbox.repository, "nextrust/compiler", "ada")).rejects.toMatchObject({ retryable: false });
    sandbox.setAppPermission("members", "read");

    expect(await asked.isInTeam(sandbox.repository, "nextrust/compiler", "ada")).toBe(true);
    expect(await asked.isInTeam(sandbox.repository, "nextrust/compiler", "ravi")).toBe(false);
    expect(await asked.isInTeam(sandbox.repository, "nextrust/nobody", "ada")).toBe(false);
  });
});
