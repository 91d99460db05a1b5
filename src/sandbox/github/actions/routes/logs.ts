import { type Answer, notFound, refuse } from "../../answer.ts";
import type { Call } from "../../route.ts";
import { isUnderWay } from "../job.ts";
import { logAddress } from "../logs/log-address.ts";
import { jobIn } from "./known.ts";

export async function redirectToLog(call: Call, jobId: string): Promise<Answer> {
  const { logs, url } = call.world;
  const { run, job } = jobIn(call, jobId);
  // Even of a public repository.
  if (call.actor.kind === "anonymous") return refuse(403, "Must have admin rights to Repository.");
  if (logs.isExpired(job)) return refuse(410, "Server Error: Sorry, the logs for this job have expired.");
  // A job that never started has left nothing either.
  if (isUnderWay(job) || job.startedAt === null) return notFound;
  return { status: 302, headers: { location: logAddress(url, logs.addressOf(run, job)) }, body: "" };
}
