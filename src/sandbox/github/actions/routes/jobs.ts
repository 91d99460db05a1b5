import { type Answer, json, notFound, queryOf } from "../../answer.ts";
import type { Call } from "../../route.ts";
import { annotationsOf } from "../annotations.ts";
import { renderJob } from "../render/job.ts";
import { attemptOf } from "../run.ts";
import { jobIn, repositoryIn, runIn } from "./known.ts";
import { answerPage, pageOf } from "./page.ts";

export async function listJobs(call: Call, runId: string): Promise<Answer> {
  const run = runIn(call, runId);
  const attempts = queryOf(call.request).get("filter") === "all" ? [...run.earlier, run.newest] : [run.newest];
  // What was carried over is in more than one attempt.
  const jobs = new Map(attempts.flatMap((attempt) => attempt.jobs).map((job) => [job.id, job]));
  return answerPage(call, "jobs", [...jobs.values()], (job) => renderJob(call.world.url, run, job));
}

export async function listJobsOfAttempt(call: Call, runId: string, number: string): Promise<Answer> {
  const run = runIn(call, runId);
  const attempt = attemptOf(run, Number(number));
  return attempt ? answerPage(call, "jobs", attempt.jobs, (job) => renderJob(call.world.url, run, job)) : notFound;
}

export async function getJob(call: Call, id: string): Promise<Answer> {
  const { run, job } = jobIn(call, id);
  return json(200, renderJob(call.world.url, run, job));
}

export async function listAnnotations(call: Call, checkRunId: string): Promise<Answer> {
  const { world, request } = call;
  const found = world.actions.findJob(repositoryIn(call), Number(checkRunId));
  // A check run that an App made is the emulator's.
  if (!found) return world.emulated.forward(request);
  const { items, headers } = pageOf(world.url, request, annotationsOf(world.url, found.run, found.job));
  return json(200, items, headers);
}
