import { UserError } from "../errors.ts";
import { fullName, matchByName } from "../pipeline/match-by-name.ts";
import { nextStep, quoted } from "../pipeline/next-step.ts";
import type { Job, Pipeline } from "../pipeline/pipelines.ts";
import { isRed } from "../pipeline/runs.ts";
import type { Action } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Context, Target } from "./command.ts";
import { headInWords, headOf, likelyHead, type PinnedTarget, statusStep, toHead } from "./head.ts";

const mostOffers = 3;

export type ActionsJob = Job & Required<Pick<Job, "actions">>;

/** `CI / build on #12 @ab12cd3` */
export const aboutJob = (job: Job, head: Pipeline): string => `${fullName(job)} on ${headInWords(head)}`;

/** @throws UserError while the job has not ended: it has no log then */
export function refuseUnended(job: Job, head: Pipeline, context: Context): void {
  if (!["running", "queued", "waiting"].includes(job.state)) return;
  throw new UserError(
    "not_applicable",
    "job_not_over",
    `${aboutJob(job, head)} has not ended yet, and GitHub gives out a log only then. Ask again when it has.`,
    { actions: [statusStep(head, context)] },
  );
}

/** Why there is no log to read. */
export function noLog(state: "expired" | "absent", job: Job, about: string, retry: readonly Action[]): UserError {
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

/** The head whose logs are asked for, with all its jobs: the one that was named, else the likely one; `note` says so then. */
export async function headToRead(
  place: PinnedTarget,
  context: Context,
  services: Pick<Services, "pipelines">,
  command: string,
): Promise<{ head: Pipeline; note?: string }> {
  const { repository, pullRequest, ref } = context.target as Target;
  if (pullRequest !== undefined || ref !== undefined || place.target)
    return { head: await headOf(place, context, services, command, { allJobs: true }) };
  const { pipeline, note } = await likelyHead(repository, context, services.pipelines, { allJobs: true });
  return { head: pipeline, note };
}

/**
 * The job that was named, else the only one that failed.
 *
 * @param command what is offered with each of several
 */
export function chosenJob(head: Pipeline, typed: string | undefined, context: Context, command: string): ActionsJob {
  const place = headInWords(head);
  const job = typed === undefined ? theFailedOne(head, context, command) : matchByName("job", head.jobs, typed, `on ${place}`);
  if (isOfActions(job)) return job;
  const where = job.url ? ` It says more at ${job.url}` : "";
  throw new UserError(
    "not_applicable",
    "not_an_actions_job",
    `${job.name} is not a job of GitHub Actions, so I have no log of it.${where}`,
  );
}

const isOfActions = (job: Job): job is ActionsJob => job.actions !== undefined;

function theFailedOne(head: Pipeline, context: Context, command: string): Job {
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

  const actions = failed.slice(0, mostOffers).map((job) => nextStep(job.name, `${command} ${quoted(job.name)}`, toHead(head, context)));
  const rows = failed.slice(0, 10).map((job) => ({ cells: [fullName(job)] }));
  const more = failed.length > 10 ? { more: `and ${failed.length - 10} more` } : {};
  const parts = [{ kind: "table", columns: ["Job"], rows, ...more } as const];
  throw new UserError("invalid", "several_failed", `${failed.length} jobs have failed on ${place}. Name one:`, { parts, actions });
}
