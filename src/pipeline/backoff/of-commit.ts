import type { Services } from "../../services.ts";
import { type JobFailures, stoppedSentence } from "./backoff.ts";

/** What stands against a commit. */
export interface CommitBackoff {
  readonly jobs: readonly JobFailures[];
  /** Why nothing of it is retried without a person; absent when it may be. */
  readonly stopped?: string;
}

/** Reads what stands against a commit: how often its jobs failed, and whether that stops automatic retries. */
export async function backoffOfCommit(repository: string, headSha: string, { records }: Pick<Services, "records">): Promise<CommitBackoff> {
  const jobs = await records.transaction(({ backoff }) => backoff.ofCommit(repository, headSha));
  const stopped = stoppedSentence(jobs, headSha);
  return { jobs, ...(stopped !== undefined && { stopped }) };
}
