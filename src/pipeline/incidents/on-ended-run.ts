import { ServiceError, storage, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type DiagnoseNeeds, diagnose } from "../failures/diagnose.ts";
import type { Place } from "../failures/diagnoses.ts";
import { placeOf } from "../failures/place-of.ts";
import { type FinishedRun, subjectOf } from "../policy/finished-run.ts";
import { isFailure } from "../policy/standing.ts";
import type { Job, NewJob } from "../queue.ts";
import { concernedBy } from "./concerned.ts";
import { failPipeline } from "./fail.ts";
import { toFixRun } from "./fix-run.ts";
import type { Concerned, RunMark } from "./incident.ts";
import type { KeepNeeds } from "./keep.ts";
import { failElsewhere, passElsewhere } from "./outage.ts";
import { passPipeline } from "./pass.ts";
import { followedAmong, keyOf, markOf, type PipelineSubject, pipelineOf } from "./pipeline-of.ts";
import { pullFailed, pullPassed } from "./pulls/on-pull-run.ts";
import { type Whose, type WhoseNeeds, whosePull, withPull } from "./pulls/whose-pull.ts";
import { standingOf } from "./standing.ts";

/** The task of the job that follows what became of a run. */
export const endedRunTask = "ended-run";

/** After this many attempts a failure is told as far as it is known. */
const patientAttempts = 4;

/** One for each attempt of a run, however often it is delivered; those of one branch or pull request one after the other. */
export const toEndedRun = (run: FinishedRun, receivedAt: number): NewJob => ({
  id: `ended-run:${run.repository.toLowerCase()}:${run.runId}:${run.attempt}`,
  task: endedRunTask,
  payload: { run: { ...run }, receivedAt } as never,
  lane: `ended-run:${run.workflowId}:${subjectOf(run).key}`,
});

type Needs = KeepNeeds &
  DiagnoseNeeds &
  WhoseNeeds &
  Pick<Services, "records" | "branches" | "blame" | "links" | "onCall" | "workspace" | "internalsOn">;

/** Follows the failures of the repositories that the settings name: what failed and why, whose it is, and when it is over. */
export function createEndedRun(services: Needs): (job: Job) => Promise<void> {
  const { followed, branches } = services;
  return async ({ payload, attempt }) => {
    const { run: told, receivedAt } = payload as unknown as { run: FinishedRun; receivedAt: number };
    const entry = followedAmong(followed, told.repository);
    const isRed = isFailure(told.conclusion);
    if (!entry || !(isRed || told.conclusion === "success")) return;
    const isPatient = attempt <= patientAttempts;
    const run = await orElse(told, isPatient, () => withPull(told, services));
    const known = { run, mark: markOf(run, receivedAt), place: placeOf(run), isPatient };
    const subject = await orElse(undefined, isPatient, () => pipelineOf(run, entry, branches));
    await (isRed ? onRed(known, subject, services) : onGreen(known, subject, services));
  };
}

interface Known {
  readonly run: FinishedRun;
  readonly mark: RunMark;
  readonly place: Place;
  readonly isPatient: boolean;
}

async function onGreen({ run, mark, place }: Known, subject: PipelineSubject | undefined, services: Needs): Promise<void> {
  const isEverybodys = subject?.trigger === "branch" && run.branch === run.defaultBranch;
  await services.records.transaction(async (tx) => {
    if (subject) await passPipeline(tx, { mark, subject }, services);
    await passElsewhere(tx, { run, mark, place, isEverybodys }, services);
    await pullPassed(tx, run, services.internalsOn, services.now());
    await tx.queue.add(toFixRun(run, subject));
  });
}

async function onRed({ run, mark, place, isPatient }: Known, subject: PipelineSubject | undefined, services: Needs): Promise<void> {
  const { records } = services;
  const stored = await records.transaction(({ diagnoses }) => diagnoses.ofRun(run.repository, run.runId, run.attempt));
  const diagnosis = stored ?? (await diagnose(run, services, { isLastTry: !isPatient }));
  const concerned = subject ? await concernedByNew(subject, run, services) : [];
  const { pullRequest: number } = run;
  const whose = number === undefined ? {} : await orElse<Whose>({}, isPatient, () => whosePull({ ...run, number }, services));
  await records.transaction(async (tx) => {
    // A worker may have died after this, before it could say that it was done: what was seen then counts once.
    const isSeen = (await tx.diagnoses.ofRun(run.repository, run.runId, run.attempt)) !== undefined;
    await tx.diagnoses.put(diagnosis, place);
    if (subject) await failPipeline(tx, { run, mark, subject, diagnosis, concerned }, services);
    else if (!isSeen) await failElsewhere(tx, { run, mark, diagnosis }, services);
    await pullFailed(tx, { run, subject, diagnosis, whose, internalsOn: services.internalsOn }, services.now());
    await tx.queue.add(toFixRun(run, subject));
  });
}

/** Whom it concerns is looked up when it begins: a storm of failures asks once. */
async function concernedByNew(subject: PipelineSubject, run: FinishedRun, services: Needs): Promise<readonly Concerned[]> {
  const key = keyOf(subject);
  const { open, standing } = await services.records.transaction(async (tx) => ({
    open: await tx.incidents.openOf(key),
    standing: await standingOf(key, tx),
  }));
  return open ? [] : concernedBy(subject, standing?.green?.headSha, run.headSha, services);
}

/** What cannot be looked up is tried again for a while, and then done without: a failure that nobody is told of is worse. */
async function orElse<T>(without: T, isPatient: boolean, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError) return without;
    if (!(error instanceof ServiceError) || error.service === storage || (error.retryable && isPatient)) throw error;
    return without;
  }
}
