import type { Verdict } from "../../../../src/pipeline/failures/diagnosis.ts";
import type { JobFacts, PastResult } from "../../../../src/pipeline/failures/facts.ts";
import { signatureOf } from "../../../../src/pipeline/failures/look-into.ts";
import { verdictOf } from "../../../../src/pipeline/failures/verdict.ts";
import { excerptOf } from "../../../../src/pipeline/logs/excerpt.ts";
import type { Labelled } from "./case.ts";

const now = 1_764_000_000_000;
const hourMs = 3_600_000;
type Job = Labelled["jobs"][number];

/** Reads the logs as they are read of a real run, and judges by what they say. */
export async function judge({ jobs, of }: Labelled): Promise<Verdict> {
  const facts = await Promise.all(jobs.map(toFacts));
  return verdictOf({ jobs: facts, of: of ?? "pull_request", branch: "main", now }).verdict;
}

async function toFacts({ name, log, main, base, seen = [], again, passed, known }: Job): Promise<JobFacts> {
  const read = await readLog(log);
  return {
    name,
    ...read,
    ...(main && { onMain: await toResults(name, main, 0) }),
    ...(base && { atMergeBase: await toResults(name, [base], 900) }),
    elsewhere: read.signature === undefined ? [] : seen.map(([place, minutes]) => sighting(name, place, now - minutes * 60_000)),
    hasFailedSo: again === true && read.signature !== undefined,
    ...(passed && { passed: { url: "https://x.test/passed" } }),
    ...(known && { known: { id: "known", category: known, description: "it is known", line: log.slice(0, 300), references: [] } }),
  };
}

const sighting = (job: string, place: NonNullable<Job["seen"]>[number][0], at: number) =>
  ({ place, headSha: `seen-${place}`, runId: at, jobId: at, job, url: "https://x.test/seen", at }) as const;

async function toResults(job: string, commits: NonNullable<Job["main"]>, from: number): Promise<readonly PastResult[]> {
  const results = commits.flatMap((commit, index) =>
    commit.map(async (ended, attempt): Promise<PastResult> => {
      const result = { job, headSha: `${from + index}`.padStart(40, "0"), runId: from + index, jobId: (from + index) * 10 + attempt };
      const at = { url: "https://x.test/main", endedAt: now - (from + index + 1) * hourMs + attempt };
      if (typeof ended === "string") return { ...result, ...at, conclusion: ended };
      const { firstError: _, ...read } = await readLog(ended.log);
      return { ...result, ...at, conclusion: "failed", ...read };
    }),
  );
  return Promise.all(results);
}

async function readLog(log: string) {
  const { lines, errorAt, tool, failedTests, moreFailedTests } = await excerptOf(bytesOf(log), { secrets: [] });
  const firstError = errorAt === undefined ? undefined : lines[errorAt]?.replace(/\s+/g, " ").trim();
  const signature = signatureOf(firstError, tool, failedTests);
  return { ...(firstError && { firstError }), ...(signature !== undefined && { signature }), failedTests, moreFailedTests };
}

async function* bytesOf(log: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(log);
}
