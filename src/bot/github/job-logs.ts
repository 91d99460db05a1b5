import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import type { JobLog, JobLogs } from "../../pipeline/job-logs.ts";
import { type GitHub, inRepository } from "./client.ts";
import { GitHubError, rethrow, toGitHubError } from "./errors.ts";

const mostAnnotations = 100;

/** For the whole log, which may be large and come slowly. */
const downloadWithinMs = 30_000;

const Annotations = z.array(
  z.object({
    annotation_level: z.string().nullable(),
    title: z.string().nullable(),
    message: z.string().nullable(),
    path: z.string(),
    start_line: z.number(),
  }),
);

export function githubJobLogs(github: GitHub): JobLogs {
  return {
    async open(repository, jobId) {
      const { rest } = await github.forRepository(repository);
      try {
        const asked = { ...inRepository(repository), job_id: jobId, request: { redirect: "manual" } } as const;
        const { headers } = await rest.actions.downloadJobLogsForWorkflowRun(asked);
        return await download(headers.location);
      } catch (error) {
        const failure = toGitHubError(error);
        if (failure instanceof GitHubError && failure.status === 410) return { state: "expired" };
        if (failure instanceof GitHubError && failure.status === 404) return { state: "absent" };
        throw failure;
      }
    },

    async annotations(repository, jobId) {
      const { rest } = await github.forRepository(repository);
      // The id of a job of GitHub Actions is the id of its check run.
      const asked = { ...inRepository(repository), check_run_id: jobId, per_page: mostAnnotations };
      const { data } = await rest.checks.listAnnotations(asked).catch(rethrow);
      return Annotations.parse(data)
        .filter((annotation) => annotation.annotation_level === "failure")
        .map(({ title, message, path, start_line: line }) => ({ message: message ?? "", path, line, ...(title && { title }) }));
    },
  };
}

/** The address is good for a minute and for whoever has it: our token is no part of the request. */
async function download(location: string | undefined): Promise<JobLog> {
  if (location === undefined) throw unreachable(undefined);
  const response = await fetch(location, { signal: AbortSignal.timeout(downloadWithinMs) }).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (response.ok && response.body) return { state: "there", bytes: chunksOf(response.body) };
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) return { state: "expired" };
  throw unreachable(undefined);
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw unreachable(error);
  }
}

const unreachable = (cause: unknown): ServiceError =>
  new ServiceError("GitHub's log store does not answer.", { service: "GitHub", retryable: true, cause });
