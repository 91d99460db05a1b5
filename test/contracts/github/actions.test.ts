import { afterEach, beforeEach, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../../sandbox/github/clients.ts";
import { watchGitHub } from "./watch.ts";

let github: GitHubSandbox;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
beforeEach(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github);
});
afterEach(() => github.close());

const api = "/repos/nextrust/nextrust/actions";
const call = (name: string, body = {}) => {
  const [method, path] = name.split(" ");
  return asApp(github).request(`${method} ${path?.startsWith("/repos") ? "" : api}${path}`, body);
};

it("tells of runs and jobs in every state as GitHub describes", async () => {
  await github.push(github.pulls.green);
  await github.startRuns(github.pulls.green);
  const over = ["failure", "cancelled", "skipped", "neutral", "timed_out", "action_required"] as const;
  for (const state of [...over, "queued", "waiting", "in_progress"] as const) await github.setJob(github.pulls.green, "docs", state);
  const [run] = await github.runs(github.pulls.green);
  for (const path of ["", "/jobs?filter=all", "/attempts/1", "/attempts/1/jobs"]) await call(`GET /runs/${run?.id}${path}`);
  await call("GET /runs");
  await call(`GET /jobs/${run?.jobs[0]?.id}`);

  expect(violations()).toEqual([]);
});

it("cancels, re-runs and approves as GitHub describes", async () => {
  await github.push(github.pulls.green);
  const [run] = await github.runs(github.pulls.green);
  await call(`POST /runs/${run?.id}/cancel`);
  await call(`POST /runs/${run?.id}/rerun`, { enable_debug_logging: true });
  github.setOutcome("lint", "failure");
  await github.finishRuns(github.pulls.green);
  await call(`POST /runs/${run?.id}/rerun-failed-jobs`);
  await github.finishRuns(github.pulls.green);
  await call(`POST /jobs/${(await github.jobs(github.pulls.green))[0]?.id}/rerun`);
  await github.finishRuns(github.pulls.green);
  const waiting = await github.addRunToApprove(github.pulls.red);
  await call(`GET /runs/${waiting.id}`);
  await call(`POST /runs/${waiting.id}/approve`);
  await github.finishRuns(github.pulls.red);

  expect(violations()).toEqual([]);
});

it("answers for workflows, caches and annotations as GitHub describes", async () => {
  const red = (await github.jobs(github.pulls.red)).find(({ state }) => state === "failure");
  for (const path of ["", "/ci.yml", "/ci.yml/runs"]) await call(`GET /workflows${path}`);
  await call("POST /workflows/release.yml/dispatches", { ref: "main", inputs: { version: "1" } });
  await call("POST /workflows/release.yml/dispatches", { ref: "main", inputs: { version: "1" }, return_run_details: true });
  await call("GET /caches?key=cargo&ref=refs/heads/main&sort=size_in_bytes&direction=asc");
  await call("GET /cache/usage");
  await call("DELETE /caches?key=emulator-disk-v3");
  await call(`DELETE /caches/${github.caches()[0]?.id}`);
  await call(`GET /repos/nextrust/nextrust/check-runs/${red?.id}/annotations?per_page=100`);
  await github.finishRuns("main");

  expect(violations()).toEqual([]);
});
