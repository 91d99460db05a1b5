import type { DecidedWish } from "../failures/auto-fix.ts";
import type { Diagnosis, FailedJob } from "../failures/diagnosis.ts";
import { placeOf } from "../failures/place-of.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Decision } from "./decision.ts";
import { keyOfFailure, signaturesOf } from "./open-jobs.ts";
import { runOfDecision, unitOf } from "./record.ts";

/** What known issues decided about an attempt, each once; those that only people can help against are a person's. */
export function knownDecisions(
  run: FinishedRun,
  diagnosis: Diagnosis,
  decided: readonly DecidedWish[],
  mode: "suggest" | "act",
  at: number,
): readonly Decision[] {
  const of = runOfDecision(run, placeOf(run));
  const common = (part: string, jobs: readonly FailedJob[]) => ({
    ...of,
    id: `${unitOf(of, part)}:known_issue`,
    unit: unitOf(of, part),
    at,
    jobs: jobs.map(({ name }) => name),
    key: keyOfFailure(jobs, run),
    signatures: signaturesOf(jobs),
    verdict: diagnosis.verdict,
    stage: "known_issue" as const,
    mode,
    by: [...new Set(jobs.flatMap(({ known }) => (known ? [known.id] : [])))].join(", "),
    cause: jobs[0]?.known?.description ?? "",
    evidence: [...new Set(jobs.flatMap(({ known }) => (known ? [known.line] : [])))],
    confidence: Math.min(...jobs.map(({ known }) => known?.autoFix?.confidence ?? 0)),
  });
  const byWish = decided.map(({ wish, decision }): Decision => {
    const jobs = diagnosis.jobs.filter(({ jobId }) => wish.jobs.some((one) => one.jobId === jobId));
    const isRetry = wish.type === "retry";
    const part = `${wish.type}:${wish.isSure ? "sure" : "unsure"}:${wish.jobs[0]?.issue ?? ""}`;
    return {
      ...common(part, jobs),
      action: isRetry ? "retry" : "start_workflow",
      ...(!isRetry && { script: wish.script }),
      isSure: wish.isSure,
      isCarriedOut: decision.kind === "began",
    };
  });
  const manual = diagnosis.jobs.filter(({ known }) => known?.autoFix?.type === "manual");
  if (manual.length === 0) return byWish;
  return [...byWish, { ...common("manual", manual), action: "ask_person", isSure: false, isCarriedOut: false }];
}
