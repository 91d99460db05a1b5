import { allowAutomatic, nextStep, quoted } from "../pipeline/next-step.ts";
import type { Job, Pipeline } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import type { Action } from "../reply.ts";
import type { Context } from "./command.ts";
import { headInWords, toHead } from "./head.ts";

/** From so many on, running all of them again costs enough to ask. */
const manyJobs = 10;

/** More are too many to choose from. */
const mostSteps = 3;

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
 * @param isStopped nothing of it is retried without a person
 */
export function statusSteps(pipeline: Pipeline, isStopped: boolean, context: Asked): Action[] {
  const red = redJobs(pipeline);
  const [first] = red;
  if (!first) return [];
  const head = toHead(pipeline, context);
  const log = red.length === 1 ? `get-logs ${quoted(first.name)}` : "get-logs";
  const allow = isStopped ? [nextStep(allowAutomatic, "clear-backoff", head)] : [];
  return [...retrySteps(pipeline, context), nextStep("Show the log", log, head), ...allow].slice(0, mostSteps);
}
