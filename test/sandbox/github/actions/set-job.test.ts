import { verify } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { createReceiver } from "../receiver.ts";
import { toldSince } from "./deliveries-of-runs.ts";

let github: GitHubSandbox;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
beforeEach(async () => {
  [github, receiver] = await Promise.all([startGitHubSandbox(), createReceiver()]);
  github.connect(receiver.url);
});
afterEach(() => Promise.all([github.close(), receiver.close()]));

const job = "test-rust (m68040)";

describe("a job that is moved by hand", () => {
  it("ends its run again when it was the last to be under way", async () => {
    await github.setJob(github.pulls.red, job, "in_progress");
    await github.setJob(github.pulls.red, job, "success");

    expect(toldSince(github, 0)).toEqual([
      "workflow_run in_progress #1",
      `workflow_job in_progress ${job}`,
      `check_run completed ${job} success`,
      `workflow_job completed ${job} success`,
      "workflow_run completed #1 success",
    ]);
  });

  it("is added where there is none of its name, and runs before it ends", async () => {
    await github.setJob(github.pulls.green, "deploy", "failure");

    expect(toldSince(github, 0)).toEqual([
      "check_run created deploy",
      "workflow_job queued deploy",
      "workflow_job in_progress deploy",
      "check_run completed deploy failure",
      "workflow_job completed deploy failure",
      "workflow_run completed #1 failure",
    ]);
  });

  it("belongs to the newest run that has it", async () => {
    const waiting = await github.addRunToApprove(github.pulls.red);

    await github.setJob(github.pulls.red, job, "timed_out");

    const [ci, unapproved] = await github.runs(github.pulls.red);
    expect(ci?.jobs.find(({ name }) => name === job)?.state).toBe("timed_out");
    expect(unapproved).toMatchObject({ id: waiting.id, jobs: [] });
  });
});

describe("a delivery about a run", () => {
  it("is signed, and says all that is around the run", async () => {
    await github.setJob(github.pulls.red, job, "neutral");

    const { headers, body } = receiver.received.at(-1) ?? { headers: {} as Record<string, string>, body: "" };
    const payload = JSON.parse(body);
    const sha = (await github.runs(github.pulls.red))[0]?.headSha;
    expect(await verify(github.app.webhookSecret, body, headers["x-hub-signature-256"] ?? "")).toBe(true);
    expect(headers["x-github-event"]).toBe("workflow_run");
    expect(payload).toMatchObject({
      action: "completed",
      workflow: { name: "CI", path: ".github/workflows/ci.yml" },
      workflow_run: {
        head_sha: sha,
        head_branch: "fpu-traps",
        head_commit: { id: sha },
        pull_requests: [{ number: github.pulls.red, head: { sha } }],
      },
      repository: { full_name: "nextrust/nextrust" },
      organization: { login: "nextrust" },
      sender: { login: "ada" },
      installation: { id: github.app.installationId },
    });
  });

  it("about a job names the same id as its check run", async () => {
    await github.setJob(github.pulls.red, job, "failure");

    const payloads = receiver.received.map(({ body }) => JSON.parse(body));
    const check = payloads.find((payload) => payload.check_run)?.check_run;
    expect(payloads.find((payload) => payload.workflow_job)?.workflow_job).toMatchObject({ id: check.id, check_run_url: check.url });
    expect(check).toMatchObject({ app: { slug: "github-actions" }, output: { annotations_count: 3 } });
    expect(check.id).toBeLessThan(2 ** 31);
  });
});
