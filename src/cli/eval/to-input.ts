import { excerptOf } from "../../pipeline/logs/excerpt.ts";
import type { TriageInput } from "../../pipeline/orchestrator/triage.ts";
import { fitToShow, renderFile } from "../../pipeline/reviews/render-file.ts";
import type { ReviewInput } from "../../pipeline/reviews/review.ts";
import type { DiffCase, FailureCase } from "./read-set.ts";

/** As many as a review has by itself. */
const mostFindings = 10;

/** What a model is told of a failure: of the log only the lines that the bot itself would pick. */
export async function toTriageInput({ log, label }: FailureCase): Promise<TriageInput> {
  const { workflow, place, attempt, job, changedFiles, onMain, workflows, history } = label;
  const { lines, failedTests } = await excerptOf(bytesOf(log), { secrets: [] });
  return {
    workflow,
    place,
    attempt,
    jobs: [{ name: job, excerpt: lines.join("\n"), failedTests, ...(onMain && { onMain }) }],
    verdict: "it cannot be told whose fault it is",
    evidence: [],
    changedFiles,
    workflows,
    history,
  };
}

async function* bytesOf(log: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(log);
}

/** A diff in the form in which reviews show it. */
export function toReviewInput({ hunks, label: { path, title } }: DiffCase): ReviewInput {
  const text = renderFile({ path, status: "modified" }, fitToShow(hunks, []));
  return { title, body: "", files: [{ path, text }], mostFindings };
}
