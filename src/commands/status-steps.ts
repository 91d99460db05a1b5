import type { FailureCount } from "../pipeline/backoff/backoff.ts";
import { nextStep, quoted } from "../pipeline/next-step.ts";
import type { Job, Pipeline } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import type { Action } from "../reply.ts";
import type { Context } from "./command.ts";
import { headInWords, toHead } from "./head.ts";

/** From so many on, running all of them again costs enough to ask. */
const manyJobs = 10;

type Asked = Pick<Context, "actor" | "pullRequestHere">;

/** The jobs that are red and can be run again from here. */
export const redJobs = ({ jobs }: Pick<Pipeline, "jobs">): readonly Job[] => jobs.filter(({ state, actions }) => isRed(state) && actions);

/** Ways to run again what is red. */
export function retrySteps(pipeline: Pipeline, context: Asked): Action[] {
  const { length } = redJobs(pipeline);
  if (length === 0) return [];
  const head = toHead(pipeline, context);
  const retry = nextStep("Retry failed jobs", "retry-job --failed", head, "primary");
  const confirm = { title: `Retry ${length} jobs?`, text: `${length} jobs on ${headInWords(pipeline)} run again.` };
  const choose: Action[] =
    length > 1 && context.actor.surface === "slack"
      ? [{ ...nextStep("Choose failed jobs…", "retry-job --failed", head), opens: "failed-jobs" }]
      : [];
  return [length < manyJobs ? retry : { ...retry, confirm }, ...choose];
}

/**
 * What to do about a pipeline that is red.
 *
 * @param blocked the workflows that are not retried any more
 */
export function statusSteps(pipeline: Pipeline, blocked: readonly FailureCount[], context: Asked): Action[] {
  const red = redJobs(pipeline);
  const [first] = red;
  if (!first) return [];
  const head = toHead(pipeline, context);
  const log = red.length === 1 ? `get-logs ${quoted(first.name)}` : "get-logs";
  const isBlocked = red.every(({ actions }) => blocked.some(({ workflow }) => workflow.name === actions?.workflow));
  const retry = isBlocked ? [nextStep("Allow retries again", "clear-backoff", head)] : retrySteps(pipeline, context);
  return [...retry, nextStep("Show the log", log, head)];
}
