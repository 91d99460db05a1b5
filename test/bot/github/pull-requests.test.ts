import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCheckSender } from "../../../src/bot/github/check-sender.ts";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubPullRequests } from "../../../src/bot/github/pull-requests.ts";
import { rollup } from "../../../src/pipeline/pipelines.ts";
import { done, text } from "../../../src/reply.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";

let sandbox: GitHubSandbox;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
});
afterAll(() => sandbox.close());

const log = pino({ level: "silent" });
const asApp = () =>
  createGitHub(
    { apiUrl: sandbox.url, credentials: { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) }, webhookSecrets: [] },
    log,
  );
const pullRequests = () => githubPullRequests(asApp());

describe("the node id of a pull request", () => {
  it("is GitHub's, and none of one that is not there", async () => {
    expect(await pullRequests().idOf(sandbox.repository, sandbox.pulls.red)).toMatch(/^\S+$/);
    expect(await pullRequests().idOf(sandbox.repository, 999)).toBeUndefined();
  });
});

describe("who opened a pull request", () => {
  it("is a person by their numeric id, and nobody where there is none", async () => {
    const author = await pullRequests().authorOf(sandbox.repository, sandbox.pulls.red);

    expect(author).toEqual({ id: expect.any(Number), login: "ada" });
    expect(await pullRequests().authorOf(sandbox.repository, 999)).toBeUndefined();
  });
});

describe("the pull request of a head", () => {
  it("is the open one whose branch lies there and is at that commit", async () => {
    const [red] = (await pullRequests().openBy("ada", [sandbox.repository])).filter(({ number }) => number === sandbox.pulls.red);
    const { head } = (await (await fetch(`${sandbox.url}/repos/${sandbox.repository}/pulls/${sandbox.pulls.red}`)).json()) as {
      head: { ref: string };
    };
    const of = { repository: sandbox.repository.toUpperCase(), branch: head.ref, sha: red?.headSha ?? "" };

    expect(await pullRequests().ofHead(sandbox.repository, of)).toBe(sandbox.pulls.red);
    expect(await pullRequests().ofHead(sandbox.repository, { ...of, repository: "eve/shop" })).toBeUndefined();
    expect(await pullRequests().ofHead(sandbox.repository, { ...of, sha: "f".repeat(40) })).toBeUndefined();
  });
});

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

  it("count nothing that the App says of the commit itself", async () => {
    const red = async () => (await pullRequests().openBy("ada", [sandbox.repository])).find(({ number }) => number === sandbox.pulls.red);
    const before = await red();
    const address = { surface: "github_check", repository: sandbox.repository, headSha: before?.headSha ?? "", name: "NeXTRust" } as const;
    const message = { key: "check", lane: "check", address, version: 1, answers: [{ reply: done("told", text("Red.")) }] };

    await createCheckSender(asApp(), "ci", log, Date.now)(message);

    expect((await red())?.counts).toEqual(before?.counts);
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

describe("how pull requests ended", () => {
  it("is merged, closed without that, or not yet, each with when; those that are not there are left out", async () => {
    const { green, red } = sandbox.pulls;
    const begun = Date.now();
    const [closed = 0] = await sandbox.openPulls("ada", 1, { jobs: {} });
    await sandbox.changePull("ada", closed, { state: "closed" });
    await sandbox.mergePull("uma", green);
    const before = sandbox.calls().length;

    const ends = await pullRequests().endsOf(sandbox.repository, [green, 9_999, red, closed]);

    expect(new Map([...ends].map(([number, { how }]) => [number, how]))).toEqual(
      new Map([
        [green, "merged"],
        [red, "open"],
        [closed, "closed"],
      ]),
    );
    for (const number of [green, closed]) expect(Math.abs(Number((ends.get(number) as { at?: number }).at) - begun)).toBeLessThan(60_000);
    expect(
      sandbox
        .calls()
        .slice(before)
        .filter(({ name }) => name.includes("PullRequestEnds")),
    ).toHaveLength(1);
    expect(
      (
        await pullRequests().endsOf(
          sandbox.repository,
          Array.from({ length: 130 }, (_, at) => at + 1),
        )
      ).get(red),
    ).toEqual({ how: "open" });
  });

  it("cannot be told while GitHub is away, nor of a repository that we may not see", async () => {
    sandbox.fail(/PullRequestEnds/, { status: 502 }, 3);

    await expect(pullRequests().endsOf(sandbox.repository, [1])).rejects.toMatchObject({ name: "ServiceError", retryable: true });
    await expect(pullRequests().endsOf("nextrust/nowhere", [1])).rejects.toMatchObject({ name: "UserError" });
  });
});
