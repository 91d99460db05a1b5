import type { FailureCount } from "../pipeline/backoff/backoff.ts";
import { type Head, nextStep, quoted } from "../pipeline/next-step.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import type { Action } from "../reply.ts";
import type { Context } from "./command.ts";
import { toHead } from "./head.ts";

/**
 * What to do about a pipeline that is red.
 *
 * @param blocked the workflows that are not retried any more
 */
export function statusSteps(
  pipeline: Pipeline,
  blocked: readonly FailureCount[],
  context: Pick<Context, "actor" | "pullRequestHere">,
): Action[] {
  const red = pipeline.jobs.filter(({ state, actions }) => isRed(state) && actions);
  const [first] = red;
  if (!first) return [];
  const head = toHead(pipeline, context);
  const log = red.length === 1 ? `get-logs ${quoted(first.name)}` : "get-logs";
  const isBlocked = red.every(({ actions }) => blocked.some(({ workflow }) => workflow.name === actions?.workflow));
  const retry = isBlocked ? nextStep("Allow retries again", "clear-backoff", head) : retryStep(head);
  return [retry, nextStep("Show the log", log, head)];
}

const retryStep = (head: Head): Action => nextStep("Retry failed jobs", "retry-job --failed", head, "primary");
