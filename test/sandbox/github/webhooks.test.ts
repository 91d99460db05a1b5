import { verify } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "./clients.ts";
import { createReceiver } from "./receiver.ts";

let github: GitHubSandbox;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
beforeEach(async () => {
  [github, receiver] = await Promise.all([startGitHubSandbox(), createReceiver()]);
  github.connect(receiver.url);
});
afterEach(() => Promise.all([github.close(), receiver.close()]));

const payloads = () => receiver.received.map(({ body }) => JSON.parse(body));

describe("a comment", () => {
  it("arrives signed over its exact bytes, with GitHub's headers", async () => {
    const { guid } = await github.comment("ravi", github.pulls.red, "/ci-status – größer als 💥");

    const [delivery] = receiver.received;
    expect(receiver.received).toHaveLength(1);
    expect(await verify(github.app.webhookSecret, delivery?.body ?? "", delivery?.headers["x-hub-signature-256"] ?? "")).toBe(true);
    expect(await verify("another secret", delivery?.body ?? "", delivery?.headers["x-hub-signature-256"] ?? "")).toBe(false);
    expect(delivery?.headers).toMatchObject({
      "x-github-delivery": guid,
      "x-github-event": "issue_comment",
      "x-github-hook-id": "1",
      "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
      "content-type": "application/json",
    });
    expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("on a pull request says so, and names the pull request's own node", async () => {
    const { id, nodeId } = await github.comment("ravi", github.pulls.red, "/ci-status");

    const [payload] = payloads();
    expect(payload).toMatchObject({
      action: "created",
      issue: { number: github.pulls.red, pull_request: { html_url: `${github.url}/nextrust/nextrust/pull/${github.pulls.red}` } },
      comment: { id, node_id: nodeId, body: "/ci-status", author_association: "COLLABORATOR", performed_via_github_app: null },
      sender: { login: "ravi", id: github.people.ravi.id, type: "User" },
      repository: { full_name: "nextrust/nextrust", private: false, default_branch: "main" },
      organization: { login: "nextrust" },
      installation: { id: github.app.installationId },
    });
    const { node } = await asApp(github).graphql<{ node: unknown }>(
      "query ($id: ID!) { node(id: $id) { ... on PullRequest { number } } }",
      { id: payload.issue.node_id },
    );
    expect(node).toEqual({ number: github.pulls.red });
  });

  it("on an issue has no pull request", async () => {
    await github.comment("sam", github.issue, "/ci-status");

    expect(payloads()[0].issue).toMatchObject({ number: github.issue });
    expect(payloads()[0].issue).not.toHaveProperty("pull_request");
    expect(payloads()[0].comment.author_association).toBe("NONE");
  });

  it("that is edited tells what it was, and who edited it", async () => {
    const { id } = await github.comment("ravi", github.pulls.red, "please look");

    await github.edit("ada", id, "/ci-retry-job --failed");

    expect(payloads()[1]).toMatchObject({
      action: "edited",
      changes: { body: { from: "please look" } },
      comment: { id, body: "/ci-retry-job --failed", user: { login: "ravi" } },
      sender: { login: "ada" },
    });
    await expect(github.edit("sam", id, "mine now")).rejects.toThrow("403");
  });

  it("by the bot is delivered too, as a bot's", async () => {
    const body = { owner: "nextrust", repo: "nextrust", issue_number: github.pulls.red, body: "done" };

    await asApp(github).request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", body);

    await expect.poll(payloads).toMatchObject([
      {
        sender: { login: "nextrust-ci[bot]", type: "Bot", id: github.bot.id },
        comment: { performed_via_github_app: { slug: "nextrust-ci" } },
      },
    ]);
  });
});

describe("a delivery", () => {
  it("comes again under its own GUID, or under another as from a second hook", async () => {
    const { guid } = await github.comment("ravi", github.pulls.red, "/ci-status");

    await github.redeliver(guid);
    await github.deliverTwice(guid);

    const [first, again, twice] = receiver.received;
    expect(again).toEqual({ ...first, headers: { ...first?.headers, ...(again && { host: again.headers.host }) } });
    expect(twice?.body).toBe(first?.body);
    expect(twice?.headers["x-github-delivery"]).not.toBe(guid);
    expect(twice?.headers["x-github-hook-id"]).not.toBe(first?.headers["x-github-hook-id"]);
  });

  it("is recorded with its answers, however they are", async () => {
    receiver.status = 503;
    const { guid } = await github.comment("ravi", github.pulls.red, "/ci-status");
    await receiver.close();
    await github.redeliver(guid);

    const [delivery] = github.deliveries();
    expect(delivery?.attempts).toMatchObject([{ status: 503 }, { error: expect.stringContaining("ECONNREFUSED") }]);
  });

  it("is only logged while nobody is connected", async () => {
    const alone = await startGitHubSandbox();

    const { guid } = await alone.comment("ravi", alone.pulls.red, "/ci-status");

    expect(alone.deliveries()).toMatchObject([{ guid, attempts: [] }]);
    await alone.close();
  });

  it("tells of a pull request's new head", async () => {
    const before = (await github.jobs(github.pulls.green)).map(({ id }) => id);

    const sha = await github.push(github.pulls.green);

    expect(payloads()[0]).toMatchObject({
      action: "synchronize",
      after: sha,
      pull_request: { head: { sha } },
      installation: { id: github.app.installationId },
    });
    const jobs = await github.jobs(github.pulls.green);
    expect(jobs.map(({ state }) => state)).toEqual(jobs.map(() => "queued"));
    expect(jobs.some(({ id }) => before.includes(id))).toBe(false);
  });
});
