import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

let github: GitHubSandbox;
beforeAll(async () => {
  github = await startGitHubSandbox();
});
afterAll(() => github.close());

const api = "/repos/nextrust/nextrust/actions/workflows";
const dispatch = (workflow: string, body: object) => asApp(github).request(`POST ${api}/${workflow}/dispatches`, { ref: "main", ...body });
const runsOf = async (workflow: string) => (await asApp(github).request(`GET ${api}/${workflow}/runs`)).data;

describe("a dispatch", () => {
  it("starts a run a moment later, on the head of its ref", async () => {
    expect(await dispatch("release.yml", { inputs: { version: "1.2.0", channel: "beta", "dry-run": "false", cpus: "4" } })).toMatchObject({
      status: 204,
    });

    await expect.poll(async () => (await runsOf("release.yml")).total_count, { timeout: 10_000 }).toBe(1);
    expect((await runsOf("release.yml")).workflow_runs).toMatchObject([
      { event: "workflow_dispatch", head_branch: "main", status: "queued", name: "Release", actor: { login: "nextrust-ci[bot]" } },
    ]);
  });

  it("tells which run it started when it is asked to", async () => {
    const { status, data } = await dispatch("nightly.yml", { ref: "refs/heads/fpu-traps", return_run_details: true });

    const { data: run } = await asApp(github).request(`GET /repos/nextrust/nextrust/actions/runs/${data.workflow_run_id}`);
    expect(status).toBe(200);
    expect(data).toEqual({ workflow_run_id: run.id, run_url: run.url, html_url: run.html_url });
    expect(run).toMatchObject({ head_branch: "fpu-traps", path: ".github/workflows/nightly.yml", run_number: 1 });
    const { data: jobs } = await asApp(github).request(`GET /repos/nextrust/nextrust/actions/runs/${run.id}/jobs`);
    expect(jobs.jobs.map(({ name }: { name: string }) => name)).toEqual(["soak-test", "benchmark"]);
  });

  const version = "1.0.0";
  it.each([
    ["an input that is not declared", "release.yml", { inputs: { version, colour: "red" } }, 'Unexpected inputs provided: ["colour"]'],
    ["a required input left out", "release.yml", { inputs: {} }, "Required input 'version' not provided"],
    ["a value that is no choice", "release.yml", { inputs: { version, channel: "gamma" } }, "not in the list of allowed values"],
    ["a boolean that is none", "release.yml", { inputs: { version, "dry-run": "maybe" } }, "is not a boolean"],
    ["a number that is none", "release.yml", { inputs: { version, cpus: "many" } }, "is not a number"],
    ["a ref that is not there", "release.yml", { ref: "nowhere", inputs: { version } }, "No ref found for: nowhere"],
    ["a workflow that cannot be", "ci.yml", {}, "Workflow does not have 'workflow_dispatch' trigger"],
    ["inputs where there are none", "nightly.yml", { inputs: { version } }, "Unexpected inputs provided"],
  ])("is refused for %s", async (_, workflow, body, message) => {
    const refusal = await refusalOf(dispatch(workflow, body));

    expect(refusal).toMatch(/^422 /);
    expect(refusal).toContain(message);
  });

  it("is refused for more than 25 inputs, and for a workflow that is not there", async () => {
    const inputs = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, "x"]));

    expect(await refusalOf(dispatch("release.yml", { inputs }))).toMatch(/^422 .*25/);
    expect(await refusalOf(dispatch("deploy.yml", {}))).toBe("404 Not Found");
  });
});

describe("workflows", () => {
  it("are listed, and found by id and by file", async () => {
    const { data } = await asApp(github).request(`GET ${api}`);

    expect(data.workflows.map(({ name }: { name: string }) => name)).toEqual(["Nightly", "Release", "CI"]);
    const [nightly] = data.workflows;
    expect((await asApp(github).request(`GET ${api}/${nightly.id}`)).data).toEqual(nightly);
    expect((await asApp(github).request(`GET ${api}/nightly.yml`)).data).toEqual(nightly);
  });

  it("say in their file which inputs they take, for whoever reads it", async () => {
    const query = `{ repository(owner: "nextrust", name: "nextrust") {
      object(expression: "main:.github/workflows/release.yml") { __typename ... on Blob { text isBinary byteSize } }
      missing: object(expression: "main:nothing.yml") { __typename }
      pullRequest(number: 2) { headRefName isCrossRepository headRepository { nameWithOwner } } } }`;

    const { repository } = await asApp(github).graphql<{ repository: { object: { text: string } } }>(query);

    expect(repository).toMatchObject({
      object: { __typename: "Blob", isBinary: false, byteSize: repository.object.text.length },
      missing: null,
      pullRequest: { headRefName: "fpu-traps", isCrossRepository: false, headRepository: { nameWithOwner: "nextrust/nextrust" } },
    });
    expect(repository.object.text).toContain("workflow_dispatch");
  });
});
