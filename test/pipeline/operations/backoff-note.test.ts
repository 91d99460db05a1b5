import { describe, expect, it } from "vitest";
import { describe as toReply } from "../../../src/pipeline/operations/describe.ts";
import { planRetry } from "../../../src/pipeline/operations/plan-retry.ts";
import type { Pipeline } from "../../../src/pipeline/pipelines.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aRunOnGitHub } from "./a-run.ts";

const workflow = { id: 3, name: "CI" };
const note = "CI: test failed 3 times at ab12cd3, so nothing retries it by itself; clear-backoff allows that again.";
const { asker, place, intent } = anOperation();
const head: Pipeline = {
  repository: "acme/shop",
  headSha: "ab12cd3",
  headUrl: "",
  subject: { kind: "ref", name: "main" },
  counts: { failed: 1 },
  jobs: [{ name: "test", state: "failed", isRequired: false, actions: { jobId: 1, runId: 7, workflow: "CI" } }],
};

async function planned(failures: Parameters<typeof planRetry>[0]["failures"]) {
  const runs = await aRunOnGitHub().services.runs.ofCommit();
  return planRetry({ head, runs, failures, underWay: [], debug: false, intent, asker, place, now: 0 }).map(({ operation }) => operation);
}

describe("a person's retry of a job that failed", () => {
  it.each([
    ["three times goes ahead, and says what that means with the way out", { workflow, job: "test", failures: 3 }, [note]],
    ["twice says nothing of it", { workflow, job: "test", failures: 2 }, []],
    [
      "while another workflow's failed three times says nothing of that",
      { workflow: { id: 4, name: "Nightly" }, job: "soak", failures: 3 },
      [],
    ],
  ] as const)("%s", async (_, failures, notes) => {
    const operations = await planned([failures]);

    const { parts, actions = [] } = toReply(operations);

    expect(operations).toMatchObject([{ stage: "asked" }]);
    expect(parts.slice(1)).toEqual(notes.map((text) => ({ kind: "text", text })));
    expect(actions.map(({ command }) => command)).toEqual(notes.map(() => "clear-backoff acme/shop@main sha=ab12cd3"));
  });

  it("says it no more when it has ended", async () => {
    const [operation] = await planned([{ workflow, job: "test", failures: 3 }]);
    if (!operation) throw new Error("Nothing was planned.");

    const { parts } = toReply([{ ...operation, stage: "ended", end: { kind: "concluded", state: "passed", attempt: 2, jobs: [] } }]);

    expect(JSON.stringify(parts)).not.toContain("by itself");
  });
});
