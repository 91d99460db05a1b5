import type { Octokit } from "@octokit/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp, withToken } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

const api = "/repos/nextrust/nextrust/actions";
const notForIt = "403 Resource not accessible by integration";
const read = (client: Octokit) => refusalOf(client.request(`GET ${api}/runs`));
const write = async (client: Octokit) => {
  const [run] = await github.runs(github.pulls.red);
  return refusalOf(client.request(`POST ${api}/runs/${run?.id}/rerun-failed-jobs`));
};

describe("the App", () => {
  it("reads with actions:read, and writes with actions:write alone", async () => {
    github.setAppPermission("actions", "read");
    expect([await read(asApp(github)), await write(asApp(github))]).toEqual(["taken", notForIt]);

    github.setAppPermission("actions", "none");
    expect([await read(asApp(github)), await write(asApp(github))]).toEqual([notForIt, notForIt]);

    github.setAppPermission("actions", "write");
    expect([await read(asApp(github)), await write(asApp(github))]).toEqual(["taken", "taken"]);
  });

  it("loses a permission for the tokens that it has, too", async () => {
    const bot = asApp(github);
    expect(await read(bot)).toBe("taken");

    github.setAppPermission("actions", "none");

    expect(await read(bot)).toBe(notForIt);
  });

  it("needs checks:read for annotations", async () => {
    const [job] = await github.jobs(github.pulls.red);
    const annotations = () => refusalOf(asApp(github).request(`GET /repos/nextrust/nextrust/check-runs/${job?.id}/annotations`));

    expect(await annotations()).toBe("taken");
    github.setAppPermission("checks", "none");
    expect(await annotations()).toBe(notForIt);
  });
});

describe("a person", () => {
  it("writes with the role write, and reads what can be seen", async () => {
    const as = (login: "ada" | "ravi") => withToken(github, github.people[login].token);

    expect([await read(as("ravi")), await write(as("ravi"))]).toEqual(["taken", "403 Must have admin rights to Repository."]);
    expect(await refusalOf(as("ravi").request("GET /repos/nextrust/secret/actions/runs"))).toBe("404 Not Found");
    expect([await read(as("ada")), await write(as("ada"))]).toEqual(["taken", "taken"]);
  });

  it("without a token reads runs but no logs, and writes nothing", async () => {
    const [job] = await github.jobs(github.pulls.red);

    expect((await fetch(`${github.url}${api}/runs`)).status).toBe(200);
    expect((await fetch(`${github.url}${api}/jobs/${job?.id}/logs`)).status).toBe(403);
    expect((await fetch(`${github.url}${api}/caches?key=x`, { method: "DELETE" })).status).toBe(401);
  });

  it("can say no more at once in what the emulator takes than GitHub would", async () => {
    const ada = withToken(github, github.people.ada.token);
    const issue = (length: number) => ada.request("POST /repos/nextrust/nextrust/issues", { title: "Long", body: "x".repeat(length) });

    expect(await refusalOf(issue(65_537))).toMatch(/^422 /);
    expect(await refusalOf(issue(65_536))).toBe("taken");
  });
});
