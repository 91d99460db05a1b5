import { ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { KnownMatch } from "../known-issues/known-issue.ts";
import type { LookFor } from "../known-issues/search.ts";
import { failedTestsFromAnnotations } from "./annotated-tests.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { mask } from "./mask.ts";

const mostTests = 10;

export type Failure =
  | { readonly state: "expired" | "absent" }
  | {
      readonly state: "there";
      readonly excerpt: Excerpt;
      readonly failedTests: readonly string[];
      readonly moreFailedTests: number;
      /** The known issue that fits; absent when none does, or none was looked for. */
      readonly known?: KnownMatch;
    };

/** Reads what a job's log and annotations say about why it failed. Throws ServiceError when they cannot be had. */
export async function readFailure(
  repository: string,
  jobId: number,
  { jobLogs, secrets }: Pick<Services, "jobLogs" | "secrets">,
  lookFor?: LookFor,
): Promise<Failure> {
  const [log, annotations] = await Promise.all([jobLogs.open(repository, jobId), jobLogs.annotations(repository, jobId).catch(asNone)]);
  if (log.state !== "there") return { state: log.state };

  const excerpt = await excerptOf(log.bytes, { secrets, lookFor });
  const annotated = failedTestsFromAnnotations(annotations).map((name) => mask(name, secrets));
  const all = [...new Set([...excerpt.failedTests, ...annotated])];
  return {
    state: "there",
    excerpt,
    failedTests: all.slice(0, mostTests),
    moreFailedTests: excerpt.moreFailedTests + Math.max(0, all.length - mostTests),
    ...(excerpt.known && { known: excerpt.known }),
  };
}

/** The log says most of it, and the App may lack the permission for the rest. */
function asNone(error: unknown): readonly [] {
  if (error instanceof ServiceError) return [];
  throw error;
}
