import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";

let github: GitHubSandbox;
beforeAll(async () => {
  github = await startGitHubSandbox();
  await github.push(github.pulls.green);
});
afterAll(() => github.close());

const list = (query: string) => asApp(github).request(`GET /repos/nextrust/nextrust/actions/runs${query}`);
const branches = async (query: string) => (await list(query)).data.workflow_runs.map((run: { head_branch: string }) => run.head_branch);
const green = "align-on-m68040";

describe("runs", () => {
  it("are listed newest first, with the pull requests of their branch", async () => {
    const { data } = await list("");

    expect(data.total_count).toBe(4);
    expect(data.workflow_runs.map((run: { head_branch: string }) => run.head_branch)).toEqual([green, "fpu-traps", green, "main"]);
    const pulls = data.workflow_runs.map((run: { pull_requests: { number: number }[] }) => run.pull_requests.map(({ number }) => number));
    expect(pulls).toEqual([[1], [2], [1], []]);
  });

  it.each([
    ["?event=push", ["main"]],
    ["?branch=fpu-traps", ["fpu-traps"]],
    ["?status=failure", ["fpu-traps"]],
    ["?status=queued", [green]],
    ["?status=completed&event=pull_request", ["fpu-traps", green]],
    ["?created=<2026-01-01", []],
    ["?created=2026-01-01..*&event=push", ["main"]],
    [`?created=${new Date().toISOString().slice(0, 10)}&event=push`, ["main"]],
  ])("are found by %s", async (query, found) => {
    expect(await branches(query)).toEqual(found);
  });

  it("are found by their head, which a push leaves behind", async () => {
    const [run] = await github.runs(github.pulls.green);

    expect((await list(`?head_sha=${run?.headSha}`)).data.workflow_runs).toMatchObject([{ id: run?.id, status: "queued" }]);
  });

  it("come in pages that link to each other", async () => {
    const first = await list("?per_page=3");
    const last = await list("?per_page=3&page=2");

    expect(first.headers.link).toBe(
      `<${github.url}/repos/nextrust/nextrust/actions/runs?per_page=3&page=2>; rel="next", <${github.url}/repos/nextrust/nextrust/actions/runs?per_page=3&page=2>; rel="last"`,
    );
    expect(last.data.workflow_runs).toHaveLength(1);
    expect(last.headers.link).toMatch(/page=1>; rel="prev"/);
  });
});
