import type { Services } from "../../services.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Diagnoses } from "./diagnoses.ts";
import type { FailedJob } from "./diagnosis.ts";
import type { JobFacts, PastResult } from "./facts.ts";
import { commitsLookedAt, type JobResult } from "./history.ts";
import { isSamePlace, kindOf, placeOf } from "./place-of.ts";
import { hasFailed, hasPassed } from "./results.ts";

const sightingsForMs = 7 * 24 * 60 * 60_000;

/** What GitHub said of all jobs; absent where it could not be asked. */
interface Past {
  readonly onMain: readonly JobResult[] | undefined;
  readonly atMergeBase: readonly JobResult[] | undefined;
}

/** Puts together what is known of each failed job: its past, and where its error was seen before. */
export function gatherFacts(
  run: FinishedRun,
  jobs: readonly FailedJob[],
  past: Past,
  { records, now }: Pick<Services, "records" | "now">,
): Promise<readonly JobFacts[]> {
  const { repository, headSha } = run;
  return records.transaction(async ({ diagnoses }) => {
    const explained = await explainedAmong(repository, past, diagnoses);
    const before = (await diagnoses.ofHead(repository, headSha)).filter((one) => one.runId !== run.runId || one.attempt !== run.attempt);
    const facts: JobFacts[] = [];
    for (const job of jobs) {
      const { signature } = job;
      const seen = signature === undefined ? [] : await diagnoses.sightings(repository, signature, now() - sightingsForMs);
      const { jobId, url, onMain, ...told } = job;
      facts.push({
        ...told,
        ...pastOf(job.name, run, past, explained),
        elsewhere: seen.filter((one) => one.headSha !== headSha && !isSamePlace(one.place, placeOf(run))),
        hasFailedSo:
          signature !== undefined && before.some((one) => one.jobs.some((same) => same.name === job.name && same.signature === signature)),
      });
    }
    return facts;
  });
}

type Explained = Pick<PastResult, "signature" | "failedTests" | "moreFailedTests">;

/** What was found out about the failures of the past, by the job's id. */
async function explainedAmong(repository: string, { onMain, atMergeBase }: Past, diagnoses: Diagnoses) {
  const red = new Set([...(atMergeBase ?? []), ...(onMain ?? [])].filter(hasFailed).map((result) => result.headSha));
  const explained = new Map<number, Explained>();
  for (const sha of [...red].slice(0, commitsLookedAt + 1))
    for (const { jobs } of await diagnoses.ofHead(repository, sha))
      for (const { jobId, signature, failedTests, moreFailedTests } of jobs)
        explained.set(jobId, { ...(signature !== undefined && { signature }), failedTests, moreFailedTests });
  return explained;
}

function pastOf(name: string, run: FinishedRun, { onMain, atMergeBase }: Past, explained: ReadonlyMap<number, Explained>) {
  const ofJob = (results: readonly JobResult[]): readonly PastResult[] =>
    results.filter(({ job }) => job === name).map((result) => ({ ...result, ...explained.get(result.jobId) }));
  const all = onMain && ofJob(onMain);
  const passed = all?.find((result) => result.headSha === run.headSha && hasPassed(result));
  return {
    // What the branch's own head did is not what was before it.
    ...(all && { onMain: kindOf(run) === "main" ? all.filter((result) => result.headSha !== run.headSha) : all }),
    ...(atMergeBase && { atMergeBase: ofJob(atMergeBase) }),
    ...(passed && { passed: { url: passed.url } }),
  };
}
