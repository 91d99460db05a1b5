import type { RestEndpointMethodTypes } from "@octokit/plugin-rest-endpoint-methods";
import type { Job } from "./job.ts";
import { failedTests } from "./logs/cargo-test.ts";
import { isTestJob } from "./logs/job-log.ts";
import type { WorkflowRun } from "./run.ts";
import { pathOfWorkflow } from "./workflow.ts";

type Annotation = RestEndpointMethodTypes["checks"]["listAnnotations"]["response"]["data"][number];

/** What a job that failed points at: the failed tests, and last the step's exit code, which GitHub notes itself. */
export function annotationsOf(url: string, run: WorkflowRun, job: Job): Annotation[] {
  if (job.state !== "failure" && job.state !== "timed_out") return [];
  const blob = (path: string) => `${url}/${run.repository}/blob/${run.headSha}/${path}`;
  const tests = isTestJob(job.name) ? failedTests : [];
  const ending =
    job.state === "failure"
      ? `Process completed with exit code ${tests.length > 0 ? 101 : 1}.`
      : "The job has exceeded the maximum execution time.";
  const workflow = pathOfWorkflow(run.workflow);
  return [
    ...tests.map(({ name, file, line, message, details }) => ({
      ...spot(file, line, blob(file)),
      title: `test ${name} failed`,
      message,
      raw_details: details,
    })),
    { ...spot(workflow, 1, blob(workflow)), title: job.name, message: ending, raw_details: "" },
  ];
}

const spot = (path: string, line: number, blob_href: string) => ({
  path,
  blob_href,
  start_line: line,
  end_line: line,
  start_column: null,
  end_column: null,
  annotation_level: "failure",
});
