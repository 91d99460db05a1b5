import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubEvidence } from "../../../src/bot/github/evidence.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";

let sandbox: GitHubSandbox;
let headSha: string;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
  headSha = (await sandbox.runs("main"))[0]?.headSha ?? "";
});
afterEach(() => sandbox.clearFaults());
afterAll(() => sandbox.close());

const evidence = () => {
  const credentials = { token: new Secret(sandbox.people.grace.token) };
  return githubEvidence(createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })));
};

describe("the paths at a commit", () => {
  it("are found in one request, files and folders, and what is not there is left out", async () => {
    const before = sandbox.calls().length;

    const found = await evidence().paths(sandbox.repository, headSha, [".github/workflows", ".github/workflows/ci.yml", "no/such file.md"]);

    const page = (kind: string) => `${sandbox.url}/${sandbox.repository}/${kind}/${headSha}/.github/workflows`;
    expect([...found]).toEqual([
      [".github/workflows", page("tree")],
      [".github/workflows/ci.yml", `${page("blob")}/ci.yml`],
    ]);
    expect(sandbox.calls().length - before).toBe(1);
  });

  it("stand in variables, so that no path becomes part of the question", async () => {
    const hostile = 'x") { __typename } y: object(expression: "HEAD';

    expect(await evidence().paths(sandbox.repository, headSha, [hostile, "../..", "{owner}"])).toEqual(new Map());
  });

  it("are unknown when GitHub cannot say, and not absent", async () => {
    sandbox.fail(/ObjectsAt/, "rate-limited");

    await expect(evidence().paths(sandbox.repository, headSha, ["README.md"])).rejects.toMatchObject({ name: "ServiceError" });
  });
});

describe("the newest run of a workflow", () => {
  const newest = (file: string, branch: string) => evidence().newestRun(sandbox.repository, file, branch);

  it("is the branch's own", async () => {
    expect(await newest("ci.yml", "main")).toMatchObject({ event: "push", state: "passed", headSha });
  });

  it("is never a pull request's, because a fork's branch may have the same name", async () => {
    expect((await sandbox.runs(sandbox.pulls.green)).map(({ event, headBranch }) => [event, headBranch])).toEqual([
      ["pull_request", "align-on-m68040"],
    ]);

    expect(await newest("ci.yml", "align-on-m68040")).toBeUndefined();
  });

  it("is none where there is no such workflow, or it has not run", async () => {
    expect(await newest("gone.yml", "main")).toBeUndefined();
    expect(await newest("nightly.yml", "main")).toBeUndefined();
  });

  it("is unknown when GitHub cannot say", async () => {
    sandbox.fail(/ci\.yml\/runs/, { status: 429, headers: { "retry-after": "1" } });

    await expect(newest("ci.yml", "main")).rejects.toMatchObject({ name: "ServiceError" });
  });
});
