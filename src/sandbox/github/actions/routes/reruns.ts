import * as z from "zod";
import { type Answer, bodyOf, json } from "../../answer.ts";
import { Refused } from "../../emulated.ts";
import type { Call } from "../../route.ts";
import type { Job } from "../job.ts";
import { isWaitingForApproval, statusOf, type WorkflowRun } from "../run.ts";
import { jobIn, runIn } from "./known.ts";
import { authorOf } from "./permission.ts";

const Options = z.object({ enable_debug_logging: z.boolean().optional(), enable_debugger: z.boolean().optional() });

const days = 24 * 60 * 60 * 1_000;
const oldest = 30 * days;
const mostReruns = 50;
const failedStates: ReadonlySet<string> = new Set(["failure", "cancelled", "timed_out"]);

const running = "This workflow is already running";
const jobsRunIsRunning = "The workflow run containing this job is already running";
const cannotBeRetried = "This workflow run cannot be retried";
const tooOld = "Unable to retry this workflow run because it was created over a month ago";
// GitHub's own words for the limit of April 2026 are not known; these are ours.
const tooOften = `This workflow run cannot be retried because it was already re-run ${mostReruns} times`;

export const rerun = (call: Call, id: string): Promise<Answer> => start(call, runIn(call, id), running, ({ jobs }) => jobs);

export const rerunFailed = (call: Call, id: string): Promise<Answer> =>
  start(call, runIn(call, id), running, ({ jobs }) => jobs.filter(({ state }) => failedStates.has(state)));

export async function rerunJob(call: Call, id: string): Promise<Answer> {
  const { run, job } = jobIn(call, id);
  // A job that a later attempt ran anew is gone from the run; what GitHub answers then is not known.
  return start(call, run, jobsRunIsRunning, ({ jobs }) => jobs.filter((one) => one.id === job.id));
}

async function start(call: Call, run: WorkflowRun, whenRunning: string, pick: (run: WorkflowRun) => readonly Job[]): Promise<Answer> {
  Options.parse(bodyOf(call.request));
  if (statusOf(run.newest) !== "completed") throw new Refused(403, whenRunning);
  const jobs = pick(run);
  // Not known either: what GitHub says when no job failed.
  if (isWaitingForApproval(run) || jobs.length === 0) throw new Refused(403, cannotBeRetried);
  if (Date.now() - Date.parse(run.createdAt) > oldest) throw new Refused(403, tooOld);
  if (run.attempt > mostReruns) throw new Refused(403, tooOften);

  void call.world.runner.rerun(run, jobs, authorOf(call).login);
  return json(201, {});
}
