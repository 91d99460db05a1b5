import { confidenceInWords, fixInWords } from "../../pipeline/known-issues/fix-in-words.ts";
import { proposeKnownIssue } from "../../pipeline/known-issues/propose.ts";
import { type Failure, readFailure } from "../../pipeline/logs/read-failure.ts";
import { fullName } from "../../pipeline/match-by-name.ts";
import { currentPhase } from "../../pipeline/phases/current-phase.ts";
import type { Pipeline } from "../../pipeline/pipelines.ts";
import { done, facts, type Part, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { Context } from "../command.ts";
import { type PinnedTarget, toHead } from "../head.ts";
import { type ActionsJob, aboutJob, chosenJob, headToRead, noLog, refuseUnended } from "../job-of-log.ts";

export type NeedsOfTest = Pick<Services, "pipelines" | "jobLogs" | "secrets" | "knownIssues" | "phasePlans" | "records" | "now">;

export interface ReadJob {
  readonly head: Pipeline;
  readonly job: ActionsJob;
  /** `CI / build on #12 @ab12cd3` */
  readonly about: string;
  readonly found: Extract<Failure, { state: "there" }>;
  readonly notes: readonly Part[];
}

/** Reads the job's log now, with the known issues in mind. Throws UserError when it has none. */
export async function readJob(
  typed: string,
  place: PinnedTarget,
  context: Context,
  services: NeedsOfTest,
  command: string,
): Promise<ReadJob> {
  const { head, note } = await headToRead(place, context, services, command);
  const job = chosenJob(head, typed, context, command);
  refuseUnended(job, head, context);
  const about = aboutJob(job, head);
  const plan = services.phasePlans.of(head.repository);
  const phase = plan && (await services.records.transaction((tx) => currentPhase(plan, tx))).id;
  const lookFor = { issues: services.knownIssues.all, job: fullName(job), phase };
  const found = await readFailure(head.repository, job.actions.jobId, services, lookFor);
  if (found.state !== "there") throw noLog(found.state, job, about, []);
  return { head, job, about, found, notes: note === undefined ? [] : [text(note)] };
}

/** Which known issue fits the job's log. */
export async function testJob(typed: string, place: PinnedTarget, context: Context, services: NeedsOfTest): Promise<Reply> {
  const { head, job, about, found, notes } = await readJob(typed, place, context, services, "known-issue test");
  const link = job.url ? { link: { text: "The whole log", url: job.url } } : {};
  const { known, excerpt } = found;
  const cut = excerpt.isCut ? ", as far as I read it" : "";
  if (!known) {
    const propose = head.subject.kind === "pull_request" ? [proposeKnownIssue(job.name, toHead(head, context))] : [];
    const reply = done("unknown_issue", text(`None of the known issues fits the log of ${about}${cut}.`, "idle"), ...notes);
    return { ...reply, actions: excerpt.errorAt === undefined ? [] : propose, ...link };
  }
  const { id, description, line, autoFix, references } = known;
  const [page] = references;
  return {
    ...done(
      "known_issue",
      text(`${about} is known: ${id}`, "good"),
      text(description),
      { kind: "excerpt", text: line },
      facts(
        { label: "What helps", value: fixInWords(autoFix) },
        ...(autoFix ? [{ label: "Confidence", value: confidenceInWords(autoFix) }] : []),
        ...(page === undefined ? [] : [{ label: "More", value: { text: page, url: page } }]),
      ),
      ...notes,
    ),
    ...link,
  };
}
