import { UserError } from "../errors.ts";
import { endOfLog } from "../pipeline/logs/end-of-log.ts";
import { readFailure } from "../pipeline/logs/read-failure.ts";
import { fullName, matchByName } from "../pipeline/match-by-name.ts";
import { nextStep, quoted, shortSha } from "../pipeline/next-step.ts";
import type { Job, Pipeline } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import { type Action, done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import { headInWords, headOf, likelyHead, type PinnedTarget, statusStep, takePinnedTarget, toHead } from "./head.ts";
import { describeEnd, describeFailure } from "./log-reply.ts";

const mostOffers = 3;

interface Input {
  readonly job?: string;
  /** As a file, as far as one is not too long. */
  readonly isFile: boolean;
  readonly place: PinnedTarget;
}

type ActionsJob = Job & Required<Pick<Job, "actions">>;

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
    const { head, note } = await headToRead(place, context, services);
    const job = chosen(head, typed, context);
    const about = `${fullName(job)} on ${headInWords(head)}`;
    if (["running", "queued", "waiting"].includes(job.state)) {
      throw new UserError(
        "not_applicable",
        "job_not_over",
        `${about} has not ended yet, and GitHub gives out a log only then. Ask again when it has.`,
        { actions: [statusStep(head, context)] },
      );
    }
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

function noLog(state: "expired" | "absent", job: Job, about: string, retry: readonly Action[]): UserError {
  if (state === "expired") {
    return new UserError(
      "not_applicable",
      "log_expired",
      `GitHub no longer keeps the log of ${about}. Run it again with retry-job for a new one.`,
      { actions: retry },
    );
  }
  const why = job.state === "skipped" ? "it was skipped" : "it never began";
  return new UserError("not_applicable", "no_log", `${about} left no log: ${why}.`, { actions: retry });
}

async function headToRead(
  place: PinnedTarget,
  context: Context,
  services: Pick<Services, "pipelines">,
): Promise<{ head: Pipeline; note?: string }> {
  const { repository, pullRequest, ref } = context.target as Target;
  if (pullRequest !== undefined || ref !== undefined || place.target)
    return { head: await headOf(place, context, services, "get-logs", { allJobs: true }) };
  const { pipeline, note } = await likelyHead(repository, context, services.pipelines, { allJobs: true });
  return { head: pipeline, note };
}

function chosen(head: Pipeline, typed: string | undefined, context: Context): ActionsJob {
  const place = headInWords(head);
  const job = typed === undefined ? theFailedOne(head, context) : matchByName("job", head.jobs, typed, `on ${place}`);
  if (isOfActions(job)) return job;
  const where = job.url ? ` It says more at ${job.url}` : "";
  throw new UserError(
    "not_applicable",
    "not_an_actions_job",
    `${job.name} is not a job of GitHub Actions, so I have no log of it.${where}`,
  );
}

const isOfActions = (job: Job): job is ActionsJob => job.actions !== undefined;

function theFailedOne(head: Pipeline, context: Context): Job {
  const place = headInWords(head);
  const failed = head.jobs.filter((job) => isRed(job.state) && isOfActions(job));
  if (failed.length === 1 && failed[0]) return failed[0];
  if (failed.length === 0)
    throw new UserError(
      "not_applicable",
      "nothing_failed",
      `No job of GitHub Actions has failed on ${place}. Name the job whose log you want.`,
      { actions: [statusStep(head, context)] },
    );

  const actions = failed.slice(0, mostOffers).map((job) => nextStep(job.name, `get-logs ${quoted(job.name)}`, toHead(head, context)));
  const rows = failed.slice(0, 10).map((job) => ({ cells: [fullName(job)] }));
  const more = failed.length > 10 ? { more: `and ${failed.length - 10} more` } : {};
  const parts = [{ kind: "table", columns: ["Job"], rows, ...more } as const];
  throw new UserError("invalid", "several_failed", `${failed.length} jobs have failed on ${place}. Name one:`, { parts, actions });
}
