import { UserError } from "../../errors.ts";
import { text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { mostFailures, stoppedSentence } from "../backoff/backoff.ts";
import { failedConclusions, recordAttempt } from "../backoff/record-attempt.ts";
import { frozenSentence } from "../freezes.ts";
import type { Fix } from "../known-issues/book.ts";
import { whyNotAnyMore } from "../operations/may-still.ts";
import type { Operation } from "../operations/operations.ts";
import { ownAsker } from "../operations/own-asker.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Records, Transaction } from "../records.ts";
import { isSameName } from "../same-name.ts";
import { planStart, toCarryOutFix } from "./carry-out-fix.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type FixJob, type FixWish, fixIntent } from "./fix-wish.ts";
import {
  beganWords,
  type FixDecision,
  failedItselfWords,
  fixAction,
  notAgainWords,
  notAllowedWords,
  placeOf,
  suggestedWords,
  triedOftenWords,
} from "./fix-words.ts";

export type DecideFixNeeds = Pick<Services, "runs" | "pipelines" | "permissions" | "links" | "workflows" | "now"> & {
  readonly records: Records;
};

/** What may be done without a person, as the settings have it. */
export interface AllowedFixes {
  readonly mode: "suggest" | "act";
  readonly retry: boolean;
  readonly workflows: readonly string[];
}

/** Counts the attempt for backoff now, before anything is decided by it. */
export async function countAttempt(
  run: FinishedRun,
  services: Pick<Services, "runs" | "now"> & { readonly records: Records },
): Promise<void> {
  const { repository, headSha, runId, attempt } = run;
  const workflow = { id: run.workflowId, name: run.workflow };
  const hasFailed = failedConclusions.includes(run.conclusion);
  await recordAttempt({ repository, headSha, workflow, runId, attempt, hasFailed, heardAt: services.now() }, services);
}

const intentOf = (run: FinishedRun, { type, jobs: [job] }: FixWish): string => fixIntent(run, type, job?.issue ?? "");

/**
 * Decides what becomes of a wish, whoever has it, and begins it where that is allowed: once for each commit and job. Asking again about the
 * same attempt changes nothing and gives the same answer.
 *
 * @throws ServiceError when GitHub cannot be asked; nothing was begun then that the next call does not find
 */
export async function decideFix(
  wish: FixWish,
  run: FinishedRun,
  diagnosis: Pick<Diagnosis, "jobs" | "moreJobs">,
  { mode, retry, workflows }: AllowedFixes,
  services: DecideFixNeeds,
): Promise<FixDecision> {
  const { records, runs } = services;
  const { repository, headSha } = run;
  const action = fixAction(wish, run);
  const seen = await records.transaction(async (tx) => ({
    begun: wish.isSure && (await isOurs(wish, run, tx)),
    freeze: await tx.freezes.find(repository),
    stopped: stoppedSentence(await tx.backoff.ofCommit(repository, headSha), headSha),
  }));
  if (seen.begun) return { kind: "began", text: beganWords(wish) };
  const isFork = !isSameName(run.headRepository, repository);
  if (wish.type === "workflow" && isFork) return { kind: "not_allowed", text: notAllowedWords(wish, true) };
  if (wish.type === "retry" ? !retry : !workflows.includes(wish.script))
    return { kind: "not_allowed", text: notAllowedWords(wish, false), action };
  if (seen.freeze) return { kind: "not_allowed", text: frozenSentence(seen.freeze) };
  if (seen.stopped !== undefined) return { kind: "stopped", text: seen.stopped, action };
  // A job's name may hold the attempt's number, and so be another one each time: what is counted by name would never end.
  if (wish.type === "retry" && run.attempt >= mostFailures) return { kind: "not_again", text: triedOftenWords(wish, run), action };
  if (mode === "suggest" || !wish.isSure) return { kind: "suggested", text: suggestedWords(wish), action };

  const now = await runs.find(repository, run.runId);
  if (!now?.isOver || now.attempt > run.attempt) return { kind: "not_again", text: notAgainWords(wish, headSha) };
  const why = await whyNot(wish, run, services);
  if (why !== undefined) return { kind: "not_allowed", text: why };
  return (await begin(wish, run, diagnosis, services))
    ? { kind: "began", text: beganWords(wish) }
    : { kind: "not_again", text: notAgainWords(wish, headSha), action };
}

/** Why it cannot be done just now: the head has moved, or the workflow cannot be started there. */
async function whyNot(wish: FixWish, run: FinishedRun, services: DecideFixNeeds): Promise<string | undefined> {
  try {
    if (wish.type === "workflow") {
      const { workflow } = await planStart(run.repository, wish.script, run.branch, services);
      // It would be started by its own failure, and by that of the run that it started.
      if (workflow.id === run.workflowId) return failedItselfWords(wish);
    }
    const end = await whyNotAnyMore(toRetry(wish, wish.jobs, run, true, services.now()), services);
    return end?.kind === "refused" ? end.message : undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Whether this very attempt had it begun: it was told twice, or we died right after. */
async function isOurs(wish: FixWish, run: FinishedRun, { operations, knownIssues }: Transaction): Promise<boolean> {
  if ((await operations.ofIntent(intentOf(run, wish))).length > 0) return true;
  const underWay = await knownIssues.underWay(run.repository, run.headSha);
  return underWay.some((fix) => fix.runId === run.runId && fix.attempt === run.attempt && wish.jobs.some(({ name }) => name === fix.job));
}

/** Everything that comes of it is one transaction; GitHub is asked by the job that it adds. False when it was all done before. */
function begin(
  wish: FixWish,
  run: FinishedRun,
  diagnosis: Pick<Diagnosis, "jobs" | "moreJobs">,
  { records, now }: DecideFixNeeds,
): Promise<boolean> {
  return records.transaction(async (tx) => {
    if (await isOurs(wish, run, tx)) return true;
    const at = now();
    const begun: FixJob[] = [];
    for (const job of wish.jobs) if (await tx.knownIssues.begin(toFix(wish, job, run, at))) begun.push(job);
    if (begun.length === 0) return false;

    const intent = intentOf(run, wish);
    const isAll = diagnosis.moreJobs === 0 && begun.length === diagnosis.jobs.length;
    if (wish.type === "retry") await tx.operations.put(toRetry(wish, begun, run, isAll, at));
    await tx.audit.append({
      intent,
      endedAt: at,
      durationMs: 0,
      surface: ownAsker.surface,
      actor: ownAsker.key,
      actorName: ownAsker.name,
      command: wish.type === "retry" ? "retry-job" : "run",
      text: wish.type === "retry" ? `retry-job ${begun.map(({ name }) => name).join(", ")}` : `run ${wish.script}`,
      repository: run.repository,
      ...(run.pullRequest !== undefined && { pullRequest: run.pullRequest }),
      outcome: "done",
      reason: "auto_fix_began",
      reply: { outcome: "done", reason: "auto_fix_began", audience: "channel", parts: [text(beganWords({ ...wish, jobs: begun }))] },
    });
    await tx.queue.add(toCarryOutFix(intent, wish.type === "retry" ? { run } : { run, script: wish.script }));
    return true;
  });
}

const toFix = ({ type }: FixWish, { issue, name: job }: FixJob, run: FinishedRun, at: number): Fix => ({
  issue,
  repository: run.repository,
  headSha: run.headSha,
  runId: run.runId,
  attempt: run.attempt,
  job,
  type,
  at,
});

/** One retry: of the one job, or of all that failed in the run, because GitHub knows nothing in between. */
function toRetry(wish: FixWish, jobs: readonly FixJob[], run: FinishedRun, isAll: boolean, askedAt: number): Operation {
  const intent = intentOf(run, wish);
  return {
    id: `${intent}#0`,
    intent,
    kind: "retry",
    stage: "asked",
    repository: run.repository,
    runId: run.runId,
    asker: ownAsker,
    place: { message: intent, ordinal: 0 },
    wish: {
      workflow: run.workflow,
      url: run.url,
      headSha: run.headSha,
      ...placeOf(run),
      attempt: run.attempt,
      jobs: jobs.map(({ name }) => name),
      ...(jobs.length === 1 && !isAll && { oneJob: true }),
    },
    askedAt,
  };
}
