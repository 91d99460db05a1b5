import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCheckSender } from "../../../src/bot/github/check-sender.ts";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubPipelines } from "../../../src/bot/github/pipelines.ts";
import { toJobState } from "../../../src/bot/github/to-job.ts";
import { rollup } from "../../../src/pipeline/pipelines.ts";
import { done, text } from "../../../src/reply.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import * as clients from "../../sandbox/github/clients.ts";

let sandbox: GitHubSandbox;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
});
afterAll(() => sandbox.close());

const appGitHub = () =>
  createGitHub(
    { apiUrl: sandbox.url, credentials: { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) }, webhookSecrets: [] },
    pino({ level: "silent" }),
  );
const withApp = () => githubPipelines(appGitHub());
const withToken = () =>
  githubPipelines(
    createGitHub(
      { apiUrl: sandbox.url, credentials: { token: new Secret(sandbox.people.ravi.token) }, webhookSecrets: [] },
      pino({ level: "silent" }),
    ),
  );

/** A commit of which nothing was said. */
async function bareCommit(): Promise<string> {
  const grace = clients.withToken(sandbox, sandbox.people.grace.token);
  const file = { owner: "nextrust", repo: "nextrust", path: "bare.txt", message: "Bare", content: "YmFyZQ==" };
  const { data } = await grace.request("PUT /repos/{owner}/{repo}/contents/{path}", { ...file, branch: "align-on-m68040" });
  return data.commit.sha ?? "";
}

function sayInCheck(name: string, headSha: string): Promise<string | undefined> {
  const address = { surface: "github_check", repository: sandbox.repository, headSha, name } as const;
  const message = { key: `${name}:${headSha}`, lane: name, address, version: 1, answers: [{ reply: done("told", text("Red.")) }] };
  return createCheckSender(appGitHub(), "ci", pino({ level: "silent" }), Date.now)(message);
}

describe("a pipeline on GitHub", () => {
  it("counts every check, lists the first 200, and asks twice at most", async () => {
    for (let index = 0; index < 250; index += 1) await sandbox.setStatus("main", `extra-${index}`, index < 3 ? "failure" : "success");
    const before = sandbox.calls().length;

    const pipeline = await withApp().ofRef(sandbox.repository);

    expect(pipeline?.counts).toEqual({ passed: 254, failed: 3 });
    expect(pipeline?.jobs).toHaveLength(200);
    expect(
      sandbox
        .calls()
        .slice(before)
        .filter(({ name }) => name.includes("graphql")),
    ).toHaveLength(2);
  });

  it("tells required jobs and workflows apart", async () => {
    const pipeline = await withApp().ofPullRequest(sandbox.repository, sandbox.pulls.red);

    expect(pipeline?.jobs.filter(({ state }) => state === "failed")).toMatchObject([
      { name: "test-rust (m68040)", isRequired: true, actions: { workflow: "CI" } },
    ]);
  });

  it("leaves out what the App says of the commit itself, and is none where nothing else was said", async () => {
    const before = await withApp().ofPullRequest(sandbox.repository, sandbox.pulls.red);
    const sha = before?.headSha ?? "";
    const bare = await bareCommit();
    for (const [name, headSha] of [
      ["NeXTRust", sha],
      ["NeXTRust review", sha],
      ["NeXTRust", bare],
    ] as const)
      await sayInCheck(name, headSha);

    const pipeline = await withApp().ofPullRequest(sandbox.repository, sandbox.pulls.red);
    const ofBare = await withApp().ofRef(sandbox.repository, bare);

    expect(pipeline).toEqual(before);
    expect(ofBare).toMatchObject({ counts: {}, jobs: [] });
  });

  it("is undefined where there is none, or none that we may see", async () => {
    expect(await withApp().ofPullRequest(sandbox.repository, 999)).toBeUndefined();
    expect(await withToken().ofRef(sandbox.secretRepository)).toBeUndefined();
    expect(await withToken().ofRef(sandbox.repository, "no-such-branch")).toBeUndefined();
  });

  it("says that the App is not installed where it is not", async () => {
    await expect(withApp().ofRef("octo/elsewhere")).rejects.toMatchObject({ reason: "not_installed", outcome: "not_applicable" });
  });

  it.each([
    ["rate-limited" as const, { retryable: true, message: "GitHub limits our requests for now." }],
    [{ status: 401 }, { retryable: false, message: "GitHub refuses the bot's credentials." }],
    [{ status: 403 }, { retryable: false, message: "GitHub does not let the bot do that." }],
    [
      { status: 429, headers: { "retry-after": "7" } },
      { retryable: true, retryAfterMs: 7_000 },
    ],
  ])("turns %j into an error that says whether to try again", async (fault, expected) => {
    const pipelines = withToken();
    sandbox.fail(/RefPipeline/, fault, 5);

    await expect(pipelines.ofRef(sandbox.repository)).rejects.toMatchObject(expected);
    sandbox.clearFaults();
  });
});

describe("the state of a job", () => {
  it.each([
    ["SUCCESS", "passed"],
    ["STARTUP_FAILURE", "failed"],
    ["TIMED_OUT", "failed"],
    ["ERROR", "failed"],
    ["ACTION_REQUIRED", "waiting"],
    ["STALE", "stale"],
    ["A_WORD_OF_TOMORROW", "waiting"],
  ])("%s is %s", (word, state) => {
    expect(toJobState(word)).toBe(state);
  });
});

describe("the word for a whole pipeline", () => {
  it.each([
    [{}, "none"],
    [{ passed: 2, skipped: 1 }, "passed"],
    [{ passed: 2, queued: 1 }, "running"],
    [{ failed: 1, running: 3 }, "failed"],
    [{ cancelled: 1, passed: 3 }, "failed"],
  ] as const)("for %j is %s", (counts, word) => {
    expect(rollup({ counts })).toBe(word);
  });
});
