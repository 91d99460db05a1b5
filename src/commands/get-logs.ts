import { UserError } from "../errors.ts";
import { endOfLog } from "../pipeline/logs/end-of-log.ts";
import { readFailure } from "../pipeline/logs/read-failure.ts";
import { fullName } from "../pipeline/match-by-name.ts";
import { nextStep, quoted, shortSha } from "../pipeline/next-step.ts";
import type { Job } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand } from "./command.ts";
import { type PinnedTarget, takePinnedTarget, toHead } from "./head.ts";
import { aboutJob, chosenJob, headToRead, noLog, refuseUnended } from "./job-of-log.ts";
import { describeEnd, describeFailure } from "./log-reply.ts";

interface Input {
  readonly job?: string;
  /** As a file, as far as one is not too long. */
  readonly isFile: boolean;
  readonly place: PinnedTarget;
}

export const getLogs = defineCommand({
  name: "get-logs",
  usage: "[job] [--file] [#pr|@branch]",
  summary: "Show the lines around a job's first error, and the tests that failed.",
  examples: [
    { args: "", does: "the first job that failed", canBeTried: true },
    { args: "test-rust", does: "one job, by part of its name" },
    { args: "test-rust --file", does: "its last lines as a file, in Slack" },
    { args: '"test-rust (m68040)" #12', does: "a name with spaces, on a pull request" },
  ],
  role: "read",
  parse(args): Input {
    const isFile = args.switch("file");
    const place = takePinnedTarget(args);
    const words = args.words();
    return { ...(words.length > 0 && { job: words.join(" ") }), isFile, place };
  },
  targetOf: ({ place }) => place.target,

  async run({ job: typed, isFile, place }, context, services: Pick<Services, "pipelines" | "jobLogs" | "secrets">): Promise<Reply> {
    const { head, note } = await headToRead(place, context, services, "get-logs");
    const job = chosenJob(head, typed, context, "get-logs");
    const about = aboutJob(job, head);
    refuseUnended(job, head, context);
    const retry = isRed(job.state) ? [nextStep("Retry this job", `retry-job ${quoted(job.name)}`, toHead(head, context))] : [];
    const link = job.url ? { link: { text: "The whole log", url: job.url } } : {};
    if (isFile) {
      if (context.actor.surface === "github") throw noFileHere(job);
      const log = await services.jobLogs.open(head.repository, job.actions.jobId);
      if (log.state !== "there") throw noLog(log.state, job, about, retry);
      const name = `${fullName(job)}-${shortSha(head.headSha)}`;
      const parts = describeEnd(about, name, await endOfLog(log.bytes, services.secrets));
      return { ...done("log_file", ...parts, ...(note ? [text(note)] : [])), actions: retry, ...link };
    }
    const found = await readFailure(head.repository, job.actions.jobId, services);
    if (found.state !== "there") throw noLog(found.state, job, about, retry);

    const reply = done(
      found.excerpt.errorAt === undefined ? "log_tail" : "log_error",
      ...describeFailure(about, job.state, found),
      ...(note ? [text(note)] : []),
    );
    const isShort = found.excerpt.totalLines <= found.excerpt.lines.length;
    const file = nextStep("The log as a file", `get-logs ${quoted(job.name)} --file`, toHead(head, context));
    return { ...reply, actions: isShort || context.actor.surface === "github" ? retry : [...retry, file], ...link };
  },
});

function noFileHere({ url }: Job): UserError {
  const where = url ? `, or read the whole log at ${url}` : "";
  return new UserError("not_applicable", "no_file_here", `A comment takes no files. Ask for it in Slack${where}.`);
}
