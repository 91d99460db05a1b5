import { ServiceError, storage, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { readFailure } from "../logs/read-failure.ts";
import type { RunJob } from "../runs.ts";
import type { FailedJob } from "./diagnosis.ts";
import { saysNothingOfItsOwn } from "./gate.ts";
import { toSignature } from "./signature.ts";

export type ReadNeeds = Parameters<typeof readFailure>[2] & Pick<Services, "knownIssues">;

export interface LookedInto {
  readonly job: FailedJob;
  /** It failed only because others did. */
  readonly isGate: boolean;
}

/** What a job's log says, as far as it is there. */
export async function lookInto(
  repository: string,
  { id: jobId, name, url }: RunJob,
  services: ReadNeeds & { readonly phase: string | undefined },
  isLastTry: boolean,
): Promise<LookedInto> {
  const { knownIssues, phase } = services;
  const lookFor = { issues: knownIssues.all, job: name, ...(phase !== undefined && { phase }) };
  const read = await orNothing(() => readFailure(repository, jobId, services, lookFor), isLastTry);
  const found = { jobId, name, url };
  if (read?.state !== "there") return { job: { ...found, failedTests: [], moreFailedTests: 0 }, isGate: false };

  const { excerpt, failedTests, moreFailedTests, known } = read;
  const line = excerpt.errorAt === undefined ? undefined : excerpt.lines[excerpt.errorAt]?.replace(/\s+/g, " ").trim();
  const signature = signatureOf(line, excerpt.tool, failedTests);
  return {
    job: {
      ...found,
      ...(signature !== undefined && { signature }),
      ...(line && { firstError: line }),
      failedTests,
      moreFailedTests,
      ...(known && { known }),
    },
    isGate: saysNothingOfItsOwn({ totalLines: excerpt.totalLines, signature, failedTests, known }),
  };
}

/** Where the error itself says nothing, as `assert 3 == 4`, the first test that failed tells it from others. */
export function signatureOf(line: string | undefined, tool: string | undefined, failedTests: readonly string[]): string | undefined {
  const [test] = failedTests;
  return (line === undefined ? undefined : toSignature(line, tool)) ?? (test === undefined ? undefined : toSignature(test));
}

/** What cannot be read now may be read later; what never can, or not within our tries, is missing. The database's failure is no answer. */
export async function orNothing<T>(ask: () => Promise<T>, isLastTry: boolean): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    if (error instanceof ServiceError && error.service !== storage && (isLastTry || !error.retryable)) return undefined;
    throw error;
  }
}
