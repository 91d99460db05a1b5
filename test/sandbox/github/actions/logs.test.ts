import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(async () => {
  vi.useRealTimers();
  await github.close();
});

const failing = "test-rust (m68040)";
const idOf = async (name: string) => (await github.jobs(github.pulls.red)).find((job) => job.name === name)?.id ?? 0;
const askFor = (id: number) => `GET /repos/nextrust/nextrust/actions/jobs/${id}/logs`;
/** Where GitHub sends a reader of the log. */
const addressOf = async (name: string): Promise<string> => {
  const answer = await asApp(github).request(askFor(await idOf(name)), { request: { redirect: "manual" } });
  expect(answer.status).toBe(302);
  return answer.headers.location ?? "";
};

describe("a job's log", () => {
  it("is behind an address that wants no token and refuses one", async () => {
    const address = await addressOf(failing);

    const plain = await fetch(address);
    expect([plain.status, plain.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect((await fetch(address, { headers: { authorization: `token ${github.people.ada.token}` } })).status).toBe(400);
    expect((await fetch(address, { headers: { authorization: "token nonsense" } })).status).toBe(400);
    expect((await fetch(`${address}x`)).status).toBe(403);
  });

  it("can be read there for one minute", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const address = await addressOf(failing);

    vi.setSystemTime(Date.now() + 59_000);
    expect((await fetch(address)).status).toBe(200);
    vi.setSystemTime(Date.now() + 1_000);
    expect((await fetch(address)).status).toBe(403);
  });

  it("of the failed job is what a runner writes: times, groups, colours, and the failed tests near the end", async () => {
    const log = await (await fetch(await addressOf(failing))).text();

    const lines = log.trimEnd().split("\r\n");
    expect(lines.length).toBeGreaterThan(290);
    expect(lines.filter((line) => !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}Z /.test(line))).toEqual([]);
    expect(log).toContain("##[group]Run actions/checkout@v5");
    expect(log).toContain("\u001b[31mFAILED");
    expect(log).toMatch(/test result: .*FAILED.*\. 240 passed; 2 failed;/);
    expect(log).toContain("##[error]Process completed with exit code 101.");
  });

  it("of a job that passed has no error", async () => {
    const log = await (await fetch(await addressOf("test-rust (m68030)"))).text();

    expect(log).toMatch(/242 passed; 0 failed/);
    expect(log).not.toContain("##[error]");
  });

  it("says what it was told to, of the newest attempt", async () => {
    await github.setLog(github.pulls.red, failing, "it was the fan\n");

    expect(await (await fetch(await addressOf(failing))).text()).toBe("it was the fan\n");
  });

  it("is not there while the job is under way, or never ran", async () => {
    await github.setJob(github.pulls.red, "docs", "in_progress");

    expect(await refusalOf(asApp(github).request(askFor(await idOf("docs"))))).toBe("404 Not Found");
    expect(await refusalOf(asApp(github).request(askFor(await idOf("emulation-test"))))).toBe("404 Not Found");
    expect(await refusalOf(asApp(github).request(askFor(7)))).toBe("404 Not Found");
  });

  it("is gone when it has expired", async () => {
    await github.expireLogs(github.pulls.red);

    expect(await refusalOf(asApp(github).request(askFor(await idOf(failing))))).toMatch(/^410 /);
  });
});

describe("a failed job's annotations", () => {
  const annotations = async (name: string) =>
    (
      await asApp(github).request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
        owner: "nextrust",
        repo: "nextrust",
        check_run_id: await idOf(name),
      })
    ).data;

  it("point at its failed tests, and at the step that ended it", async () => {
    expect(await annotations(failing)).toMatchObject([
      { path: "kernel/src/fpu/trap.rs", start_line: 214, annotation_level: "failure", raw_details: expect.stringContaining("panicked at") },
      { path: "kernel/src/fpu/trap.rs", start_line: 251, title: expect.stringContaining("null_frame_resets_the_unit") },
      { path: ".github/workflows/ci.yml", message: "Process completed with exit code 101." },
    ]);
    expect(await annotations("docs")).toEqual([]);
  });
});
