import { describe, expect, it } from "vitest";
import { renderReply } from "../../../src/bot/render/markdown.ts";
import type { Diagnosis } from "../../../src/pipeline/failures/diagnosis.ts";
import { describePull } from "../../../src/pipeline/incidents/pulls/describe-pull.ts";
import { heardRun, newPull, toPullRun } from "../../../src/pipeline/incidents/pulls/pull-failures.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";

const run = aFinishedRun({ event: "pull_request", pullRequest: 12 });
const autoFix = { type: "workflow", script: "clear.yml", confidence: 0.9 } as const;
const diagnosis: Diagnosis = {
  ...{ repository: "acme/shop", runId: 7, attempt: 1, headSha: run.headSha, verdict: "flaky", evidence: [], moreJobs: 1, at: 0 },
  jobs: [
    {
      ...{ jobId: 1, name: "test", url: "https://github.example/jobs/1", firstError: "@ada /ci-retry", failedTests: ["fpu::traps"] },
      ...{ moreFailedTests: 0, onMain: { failed: 4, of: 20 } },
      known: { id: "stale-cache", category: "cache", description: "The cache is stale", autoFix, line: "", references: [] },
    },
  ],
};

describe("the comment on a pull request", () => {
  it("says the verdict, the jobs, the error, how often it fails, what is known of it, what was done and what to do", () => {
    const action = { label: "Start the workflow", command: "run clear.yml acme/shop@topic" };
    const fixes = [{ kind: "suggested", text: "I would start clear.yml: known issue stale-cache in test.", action } as const];
    const pull = heardRun(newPull("acme/shop", 12), { ...toPullRun(run, true), fixes });

    const reply = describePull(pull, { diagnoses: new Map([[7, diagnosis]]), incidents: new Map() });

    expect(renderReply(reply, undefined, undefined, "/ci-")).toMatchInlineSnapshot(`
      "❌ **CI at ab12cd3 failed**

      ⚪ **Looks flaky**

      Failed test: fpu::traps

      - Run: [\\#1](<https://github.example/acme/shop/actions/runs/7>)

      | Failed job |
      | --- |
      | ❌ [test](<https://github.example/jobs/1>) |

      and 1 more

      \`\`\`text
      @ada /ci-retry
      \`\`\`

      test failed in 4 of the last 20 runs on main.

      Known issue stale-cache: The cache is stale. clear.yml helps.

      I would start clear.yml: known issue stale-cache in test.

      Retry failed jobs: \` /ci-retry-job --failed sha=ab12cd3 \` · Start the workflow: \` /ci-run clear.yml acme/shop@​topic \` · Status: \` /ci-status \`"
    `);
  });
});
