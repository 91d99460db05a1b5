import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "./clients.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

describe("a pull request from a fork", () => {
  it("is its author's, out of their repository, and its run waits to be let go", async () => {
    const number = await github.openForkPull("sam", "patch-1");

    const document =
      'query Fork($number: Int!) { repository(owner: "nextrust", name: "nextrust") { pullRequest(number: $number) { isCrossRepository author { login } headRepository { nameWithOwner } headRefOid } } }';
    const { data } = await asApp(github).request("POST /graphql", { query: document, variables: { number } });
    const pull = data.data.repository.pullRequest;
    expect(pull).toMatchObject({ isCrossRepository: true, author: { login: "sam" }, headRepository: { nameWithOwner: "sam/nextrust" } });
    const runs = await asApp(github).request("GET /repos/nextrust/nextrust/actions/runs", { head_sha: pull.headRefOid });
    expect(runs.data.workflow_runs).toMatchObject([
      {
        conclusion: "action_required",
        pull_requests: [],
        head_repository: { full_name: "sam/nextrust" },
        repository: { full_name: "nextrust/nextrust" },
      },
    ]);
    const role = await asApp(github).request("GET /repos/nextrust/nextrust/collaborators/sam/permission");
    expect(role.data.role_name).toBe("read");
  });
});
