import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";

export function aFinishedRun(changes: Partial<FinishedRun> = {}): FinishedRun {
  return {
    repository: "acme/shop",
    isPrivate: false,
    defaultBranch: "main",
    runId: 7,
    number: 1,
    attempt: 1,
    workflow: "CI",
    workflowId: 3,
    event: "push",
    branch: "main",
    headRepository: "acme/shop",
    headSha: "ab12cd34ef",
    title: "Sell more",
    conclusion: "failure",
    actor: { login: "ada", isBot: false },
    url: "https://github.example/acme/shop/actions/runs/7",
    ...changes,
  };
}
