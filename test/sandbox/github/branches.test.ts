import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { toldSince } from "./actions/deliveries-of-runs.ts";
import { asApp, statusOf } from "./clients.ts";

let github: GitHubSandbox;
let violations: () => readonly string[];
let from: number;
beforeAll(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github, "the bot");
});
beforeEach(() => {
  from = github.deliveries().length;
});
afterAll(async () => {
  await github.close();
  expect(violations()).toEqual([]);
});

const here = { owner: "nextrust", repo: "nextrust" };
const runsOf = () => toldSince(github, from).filter((line) => line.startsWith("workflow_run"));
const last = () => github.deliveries().at(-1)?.payload as Record<string, Record<string, unknown>>;

/** Of a commit. */
async function ask(oid: string, fields: string) {
  const query = `query ($oid: GitObjectID!) { repository(owner: "nextrust", name: "nextrust") { object(oid: $oid) { ... on Commit { ${fields} } } } }`;
  return (await asApp(github).request("POST /graphql", { query, variables: { oid } })).data.data.repository.object;
}

describe("what happens on a branch", () => {
  it("is a commit, which is the new head and has a run of its own that ends as was said", async () => {
    const { sha, run } = await github.commit("ada", { message: "Break lint" }, { jobs: { lint: "failure" }, logs: { lint: "error: no" } });

    expect(runsOf()).toEqual(["workflow_run requested #1", "workflow_run in_progress #1", "workflow_run completed #1 failure"]);
    expect(last().workflow_run).toMatchObject({ head_sha: sha, head_branch: "main", event: "push", conclusion: "failure" });
    const lint = run.jobs.find(({ name }) => name === "lint");
    const asked = { ...here, job_id: lint?.id ?? 0, request: { redirect: "manual" } } as const;
    const { headers } = await asApp(github).request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", asked);
    expect(await (await fetch(headers.location ?? "")).text()).toBe("error: no");
  });

  it("is a job that is left under way", async () => {
    const { run } = await github.commit("ada", { message: "Slow" }, { jobs: { docs: "in_progress", lint: "queued" } });

    expect(run.jobs.slice(-2).map(({ state }) => state)).toEqual(["in_progress", "queued"]);
    expect(runsOf()).toEqual(["workflow_run requested #1", "workflow_run in_progress #1"]);
  });

  it("is a merge, whose commit is known to be the pull request's", async () => {
    const { sha } = await github.mergePull("uma", github.pulls.green);

    const names = github
      .deliveries()
      .slice(from)
      .map(({ event, payload }) => `${event} ${payload.action}`);
    expect(names).toContain("pull_request closed");
    const fields =
      "author { user { login databaseId } } associatedPullRequests(first: 1) { nodes { number merged author { login } mergedBy { login } } }";
    expect(await ask(sha, fields)).toEqual({
      author: { user: { login: "uma", databaseId: github.people.uma.id } },
      associatedPullRequests: {
        nodes: [{ number: github.pulls.green, merged: true, author: { login: "ada" }, mergedBy: { login: "uma" } }],
      },
    });
  });

  it("is a schedule", async () => {
    await github.runOnSchedule("nightly.yml", { jobs: { "soak-test": "failure" } });

    expect(last().workflow_run).toMatchObject({ event: "schedule", name: "Nightly", head_branch: "main", conclusion: "failure" });
  });

  it("is a try of the merge queue, and that it lets a pull request go", async () => {
    const { sha } = await github.tryInQueue(github.pulls.red, { jobs: { docs: "failure" } });
    const queued = last().workflow_run;
    const { payload } = await github.dequeuePull(github.pulls.red, "CI_FAILURE");
    const byHand = await github.dequeuePull(github.pulls.red, "MANUAL", "ada");

    expect(queued).toMatchObject({ event: "merge_group", head_sha: sha, actor: { login: "github-merge-queue[bot]", type: "Bot" } });
    expect(queued?.head_branch).toMatch(new RegExp(`^gh-readonly-queue/main/pr-${github.pulls.red}-[0-9a-f]{40}$`));
    expect(payload).toMatchObject({ action: "dequeued", number: github.pulls.red, reason: "CI_FAILURE", sender: { type: "Bot" } });
    expect(byHand.payload).toMatchObject({ reason: "MANUAL", sender: { login: "ada" } });
  });

  it("is many pull requests with a run of a few jobs", async () => {
    const numbers = await github.openPulls("ada", 3, { jobs: { lint: "failure" }, logs: { lint: "error: same" } });

    expect(new Set(numbers).size).toBe(3);
    expect(runsOf().filter((line) => line.endsWith("completed #1 failure"))).toHaveLength(3);
    expect((await github.jobs(numbers[2] ?? 0)).map(({ name, state }) => [name, state])).toEqual([["lint", "failure"]]);
  });
});

describe("a branch", () => {
  it("is protected or not, and found by any name", async () => {
    await github.commit("grace", { message: "Begin", branch: "release/1.x" });
    const isProtected = async () =>
      (await asApp(github).request("GET /repos/{owner}/{repo}/branches/{branch}", { ...here, branch: "release/1.x" })).data.protected;
    const before = await isProtected();
    await github.protectBranch("release/1.x");

    expect([before, await isProtected()]).toEqual([false, true]);
    expect(await statusOf(asApp(github).request("GET /repos/nextrust/nextrust/branches/none"))).toBe(404);
  });

  it("is compared with a commit of a fork as with its own", async () => {
    const [main] = await github.runs("main");
    const number = await github.openForkPull("sam", "patch-1");
    const query = `{ repository(owner: "nextrust", name: "nextrust") { pullRequest(number: ${number}) { headRefOid } } }`;
    const { data } = await asApp(github).request("POST /graphql", { query });
    const basehead = `main...${data.data.repository.pullRequest.headRefOid}`;

    const compared = await asApp(github).request("GET /repos/{owner}/{repo}/compare/{basehead}", { ...here, basehead, per_page: 1 });

    expect(compared.data.merge_base_commit.sha).toBe(main?.headSha);
  });

  it("needs the permission to read contents", async () => {
    github.setAppPermission("contents", "none");
    const status = await statusOf(asApp(github).request("GET /repos/nextrust/nextrust/branches/main"));
    github.setAppPermission("contents", "write");

    expect(status).toBe(403);
  });
});

describe("the checks of a commit", () => {
  it("are the newest attempt's, or those of every attempt, by workflow", async () => {
    const { run } = await github.commit("ada", { message: "Flake" }, { jobs: { lint: "failure" } });
    await asApp(github).request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs", { ...here, run_id: run.id });
    await github.finishRuns("main");
    const suites = (type: string) =>
      ask(
        run.headSha,
        `checkSuites(first: 5, filterBy: { appId: 15368 }) { nodes { status conclusion workflowRun { databaseId } checkRuns(first: 50, filterBy: { checkType: ${type}, checkName: "lint" }) { nodes { conclusion } } } } others: checkSuites(first: 5, filterBy: { appId: 1 }) { totalCount }`,
      );

    const [latest, all] = [await suites("LATEST"), await suites("ALL")];

    const suite = { status: "COMPLETED", conclusion: "SUCCESS", workflowRun: { databaseId: run.id } };
    expect(latest).toEqual({
      checkSuites: { nodes: [{ ...suite, checkRuns: { nodes: [{ conclusion: "SUCCESS" }] } }] },
      others: { totalCount: 0 },
    });
    expect(all.checkSuites.nodes).toEqual([{ ...suite, checkRuns: { nodes: [{ conclusion: "FAILURE" }, { conclusion: "SUCCESS" }] } }]);
  });
});

it("knows people by login, and nobody else", async () => {
  const query =
    'query { ada: user(login: "ADA") { databaseId } none: user(login: "nobody") { login } org: user(login: "nextrust") { login } }';

  const { data } = await asApp(github).request("POST /graphql", { query });

  expect(data.data).toEqual({ ada: { databaseId: github.people.ada.id }, none: null, org: null });
  expect(data.errors.map(({ type }: { type: string }) => type)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
});
