import { UserError } from "../errors.ts";
import { fullName } from "../pipeline/match-by-name.ts";
import { nextStep } from "../pipeline/next-step.ts";
import { endWords, moodOf } from "../pipeline/operations/in-words.ts";
import type { Job, Pipeline } from "../pipeline/pipelines.ts";
import { isRed, type WorkflowRun } from "../pipeline/runs.ts";
import type { Part } from "../reply.ts";
import type { Context } from "./command.ts";
import { headInWords, statusStep, toHead } from "./head.ts";

const mostRows = 10;

/** Why there is nothing to run again, and what there is. */
export function nothingToRetry(head: Pipeline, runs: readonly WorkflowRun[], wanted: Job | undefined, context: Context): UserError {
  const place = headInWords(head);
  const look = [statusStep(head, context)];
  const refusal = (reason: string, sentence: string, parts: readonly Part[]): UserError =>
    new UserError("not_applicable", reason, sentence, { parts, actions: look });
  if (wanted && !wanted.actions)
    return refusal(
      "not_an_actions_job",
      `${wanted.name} is not a job of GitHub Actions, so I cannot run it again. Ask the app that reports it.`,
      listed(head),
    );
  if (wanted && !isRed(wanted.state))
    return refusal("not_failed", `${fullName(wanted)} ${endWords[wanted.state]} on ${place}: only what failed is run again.`, []);
  if (wanted)
    return refusal("superseded", `A newer run has replaced the one that ${fullName(wanted)} belongs to on ${place}. Look with status.`, []);
  if (runs.some(({ needsApproval }) => needsApproval)) {
    const offer = [nextStep("Approve the run", "approve-run", toHead(head, context))];
    return new UserError("not_applicable", "needs_approval", `Nothing can be retried on ${place} before a run from a fork is approved.`, {
      parts: listed(head),
      actions: offer,
    });
  }
  const foreign = head.jobs.filter(({ state, actions }) => isRed(state) && !actions);
  const why = foreign.length === 0 ? "" : " What is red there is reported by other apps, which I cannot run again.";
  return refusal("nothing_to_retry", `There is nothing to retry on ${place}: no job of GitHub Actions has failed.${why}`, listed(head));
}

function listed({ jobs }: Pipeline): Part[] {
  if (jobs.length === 0) return [];
  const rows = jobs.slice(0, mostRows).map((job) => ({ mood: moodOf(job.state), cells: [job.state, fullName(job)] }));
  const more = jobs.length > mostRows ? { more: `and ${jobs.length - mostRows} more` } : {};
  return [{ kind: "table", columns: ["State", "Job"], rows, ...more }];
}
