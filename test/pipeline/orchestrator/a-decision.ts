import type { StoredDecision } from "../../../src/pipeline/orchestrator/decision.ts";

export const decidedAt = 1_764_000_000_000;

/** Claude is sure that run 7 of CI on #5 passes when it runs again. */
export const aDecision = (changes: Partial<StoredDecision> = {}): StoredDecision => {
  const { runId = 7, attempt = 1, stage = "claude" } = changes;
  const unit = `triage:acme/shop:${runId}:${attempt}:open`;
  return {
    id: `${unit}:${stage}`,
    unit,
    at: decidedAt,
    repository: "Acme/Shop",
    pullRequest: 5,
    place: "pull:5",
    workflow: "CI",
    workflowId: 3,
    runId,
    number: 1,
    attempt,
    headSha: "ab12cd34ef",
    jobs: ["test"],
    key: "k1",
    signatures: ["error: the mirror is away"],
    verdict: "unknown",
    stage,
    action: "retry",
    confidence: 0.9,
    isSure: true,
    cause: "The mirror did not answer",
    evidence: ["error: the mirror is away"],
    mode: "act",
    isCarriedOut: false,
    by: "Claude Code",
    model: "claude-opus-5-5",
    prompt: "triage@1",
    costPico: 30_000_000_000n,
    ...changes,
  };
};
