import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCheckRun, ownCheckRuns, updateCheckRun } from "../../../src/bot/github/documents/own-checks.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { asApp, withToken } from "./clients.ts";
import { type PrPipeline, prPipeline } from "./pr-pipeline.ts";

let github: GitHubSandbox;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
let headSha: string;
let repositoryId: string;
const here = { owner: "nextrust", name: "nextrust" };
beforeAll(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github);
  headSha = (await github.runs(github.pulls.green))[0]?.headSha ?? "";
  const variables = { ...here, headSha, app: Number(github.app.id), checkName: "none" };
  repositoryId = (await asApp(github).graphql<{ repository: { id: string } }>(ownCheckRuns, variables)).repository.id;
});
afterAll(async () => {
  await github.close();
  expect(violations()).toEqual([]);
});

const action = { label: "Acknowledge", description: "Take it", identifier: "a0" };
const content = { conclusion: "NEUTRAL", output: { title: "Red", summary: "It is red." } };
const create = async (more: object = {}, as = asApp(github)) => {
  const input = { repositoryId, headSha, name: "NeXTRust", ...content, ...more };
  return (await as.graphql<{ createCheckRun: { checkRun: { id: string } } }>(createCheckRun, { input })).createCheckRun.checkRun.id;
};
const update = (checkRunId: string, more: object = {}, as = asApp(github)) =>
  as.graphql(updateCheckRun, { input: { repositoryId, checkRunId, ...more } });
const pipeline = async () => {
  const answer = await asApp(github).graphql<PrPipeline>(prPipeline, { ...here, number: github.pulls.green, after: null });
  return answer.repository.pullRequest.commits.nodes[0]?.commit.statusCheckRollup;
};
const listed = async (query: object = {}) =>
  (
    await asApp(github).request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      owner: "nextrust",
      repo: "nextrust",
      ref: headSha,
      ...query,
    })
  ).data;

describe("a check run of the App", () => {
  it("stands beside the jobs, in GraphQL and in REST, the newest of its name alone", async () => {
    await create({ name: "Twice", externalId: "one" });
    await create({ name: "Twice", externalId: "two" });

    const { contexts, state } = (await pipeline()) ?? {};
    const { check_runs } = await listed({ app_id: Number(github.app.id), check_name: "Twice" });
    const all = await listed({ app_id: Number(github.app.id), check_name: "Twice", filter: "all" });

    expect(state).toBe("SUCCESS");
    expect(contexts?.checkRunCountsByState).toContainEqual({ state: "NEUTRAL", count: 1 });
    expect(contexts?.nodes.filter(({ name }) => name === "Twice")).toHaveLength(1);
    expect(check_runs).toMatchObject([{ name: "Twice", external_id: "two", status: "completed", conclusion: "neutral" }]);
    expect(check_runs[0]?.pull_requests.map(({ number }) => number)).toEqual([github.pulls.green]);
    expect(all.total_count).toBe(2);
    expect((await listed()).check_runs.map(({ name }) => name)).toContain("lint");
  });

  it("tells of its beginning and its end, and of what people press", async () => {
    const from = github.deliveries().length;
    await create({ name: "Pressed", actions: [action] });
    const [check] = (await github.checks(github.pulls.green)).filter(({ name }) => name === "Pressed");

    await github.clickCheck("uma", check?.id ?? 0, "Acknowledge");
    await github.rerequestCheck("ravi", check?.id ?? 0);

    const told = github.deliveries().slice(from);
    expect(told.map(({ payload }) => [payload.action, (payload.sender as { login: string }).login])).toEqual([
      ["created", github.bot.login],
      ["completed", github.bot.login],
      ["requested_action", "uma"],
      ["rerequested", "ravi"],
    ]);
    expect(told[2]?.payload).toMatchObject({ requested_action: { identifier: "a0" }, check_run: { app: { slug: github.app.slug } } });
    await expect(github.clickCheck("uma", check?.id ?? 0, "a7")).rejects.toThrow("has no button a7");
  });

  it("is changed where it stands", async () => {
    const id = await create({ name: "Changed", actions: [action] });

    await update(id, { output: { title: "Green", summary: "It is green." }, actions: [] });

    expect((await github.checks(github.pulls.green)).find(({ name }) => name === "Changed")).toMatchObject({ title: "Green", actions: [] });
  });

  it.each([
    ["four buttons", { actions: [action, action, action, action] }, "No more than 3 items"],
    ["a label of 21 characters", { actions: [{ ...action, label: "x".repeat(21) }] }, "label is too long"],
    ["a description of 41", { actions: [{ ...action, description: "x".repeat(41) }] }, "description is too long"],
    ["an identifier of 21", { actions: [{ ...action, identifier: "x".repeat(21) }] }, "identifier is too long"],
    ["a summary of 65,536", { output: { title: "x", summary: "x".repeat(65_536) } }, "Only 65535 characters"],
    ["no words", { output: { title: "x", summary: " " } }, "summary can't be blank"],
    ["a commit that is not there", { headSha: "0".repeat(40) }, "No commit found"],
  ])("is refused with %s", async (_, more, message) => {
    await expect(create(more)).rejects.toThrow(message);
  });

  it("is not a person's to make, nor an App's without the permission, nor anybody's who did not make it", async () => {
    const job = (await github.jobs(github.pulls.green))[0]?.id ?? 0;

    await expect(create({}, withToken(github, github.people.grace.token))).rejects.toThrow("authenticate via a GitHub App");
    await expect(update(Buffer.from(`0:CheckRun${job}`).toString("base64url"))).rejects.toThrow("only be modified by the GitHub App");
    github.setAppPermission("checks", "read");
    await expect(create()).rejects.toThrow("Resource not accessible by integration");
    github.setAppPermission("checks", "write");
  });
});
