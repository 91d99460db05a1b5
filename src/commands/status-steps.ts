import { nextStep, quoted } from "../pipeline/next-step.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import type { Action } from "../reply.ts";
import type { Context } from "./command.ts";
import { toHead } from "./head.ts";

/** What to do about a pipeline that is red. */
export function statusSteps(pipeline: Pipeline, context: Pick<Context, "actor" | "pullRequestHere">): Action[] {
  const red = pipeline.jobs.filter(({ state, actions }) => isRed(state) && actions);
  const [first] = red;
  if (!first) return [];
  const head = toHead(pipeline, context);
  const log = red.length === 1 ? `get-logs ${quoted(first.name)}` : "get-logs";
  return [nextStep("Retry failed jobs", "retry-job --failed", head, "primary"), nextStep("Show the log", log, head)];
}
