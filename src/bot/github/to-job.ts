import { z } from "zod";
import type { Job, JobState } from "../../pipeline/pipelines.ts";

/** GitHub's words (check status, check conclusion and commit status) in ours. */
const states: Record<string, JobState> = {
  SUCCESS: "passed",
  FAILURE: "failed",
  ERROR: "failed",
  TIMED_OUT: "failed",
  STARTUP_FAILURE: "failed",
  CANCELLED: "cancelled",
  IN_PROGRESS: "running",
  QUEUED: "queued",
  REQUESTED: "queued",
  PENDING: "queued",
  EXPECTED: "waiting",
  WAITING: "waiting",
  ACTION_REQUIRED: "waiting",
  NEUTRAL: "neutral",
  SKIPPED: "skipped",
  STALE: "stale",
  // A check run that is COMPLETED is counted under its conclusion; one without a conclusion says nothing.
  COMPLETED: "neutral",
};

/** A word that GitHub adds later reads as "waiting", which neither hides it nor calls it green. */
export const toJobState = (word: string): JobState => states[word] ?? "waiting";

const CheckRun = z.object({
  __typename: z.literal("CheckRun"),
  databaseId: z.number().nullable(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  permalink: z.string(),
  isRequired: z.boolean().optional(),
  checkSuite: z
    .object({ workflowRun: z.object({ databaseId: z.number().nullable(), workflow: z.object({ name: z.string() }) }).nullable() })
    .nullable(),
});

const StatusContext = z.object({
  __typename: z.literal("StatusContext"),
  context: z.string(),
  state: z.string(),
  targetUrl: z.string().nullable(),
  isRequired: z.boolean().optional(),
});

const Check = z.discriminatedUnion("__typename", [CheckRun, StatusContext]);

export function toJob(node: unknown): Job {
  const check = Check.parse(node);
  if (check.__typename === "StatusContext") {
    return {
      name: check.context,
      state: toJobState(check.state),
      isRequired: check.isRequired ?? false,
      ...(check.targetUrl && { url: check.targetUrl }),
    };
  }
  const run = check.checkSuite?.workflowRun;
  const actions = run?.databaseId && check.databaseId && { jobId: check.databaseId, runId: run.databaseId, workflow: run.workflow.name };
  return {
    name: check.name,
    state: toJobState(check.conclusion ?? check.status),
    isRequired: check.isRequired ?? false,
    url: check.permalink,
    ...(actions && { actions }),
  };
}
