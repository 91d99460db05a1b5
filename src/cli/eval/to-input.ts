import { excerptOf } from "../../pipeline/logs/excerpt.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { TriageInput } from "../../pipeline/orchestrator/triage.ts";
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
    verdict: "unknown",
    evidence: [],
    changedFiles,
    workflows,
    history,
  };
}

async function* bytesOf(log: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(log);
}

const signs = { added: "+", removed: "-", context: " " } as const;

/** A diff in the form in which reviews show it: each line with its number in the new file. */
export function toReviewInput({ lines, label }: DiffCase): ReviewInput {
  const numbered = lines.map(({ kind, text, number }) => `${String(number ?? "").padStart(5)} ${signs[kind]} ${text}`);
  const text = mask([`File: ${label.path} (modified)`, "@@", ...numbered].join("\n"), []);
  return { title: label.title, body: "", files: [{ path: label.path, text }], mostFindings };
}
