import { inPlainWords, ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { RunRefused, WorkflowRun } from "../runs.ts";
import type { End, Operation } from "./operations.ts";
import { toEnd } from "./refusals.ts";

/**
 * Asks GitHub for what the operation wants, once: a re-run that GitHub has begun already is not asked for again.
 *
 * @param operation in the stage `asked`, stored as such before this is called
 * @param jobId of the one job to run again, where it is known
 * @returns the operation as it then stands, stored; still `asked` when GitHub gave no clear answer
 */
export async function actOn(operation: Operation, services: Pick<Services, "runs" | "records">, jobId?: number): Promise<Operation> {
  return move(operation, await attempt(operation, services, jobId), services);
}

/** Stores how an operation goes on, unless somebody who watched the run was faster: then theirs stands. */
export function move(before: Operation, after: Operation, { records }: Pick<Services, "records">): Promise<Operation> {
  return records.transaction(async ({ operations }) => {
    if (await operations.replace(before, after)) return after;
    return (await operations.ofIntent(before.intent)).find(({ id }) => id === before.id) ?? after;
  });
}

/** As `actOn`, for who stores it with what comes next. */
export async function attempt(operation: Operation, { runs }: Pick<Services, "runs">, jobId?: number): Promise<Operation> {
  const { kind, repository, runId = 0, wish } = operation;
  try {
    const refused = await ask(operation, runs, jobId);
    if (refused === undefined) return { ...operation, stage: "running" };
    if (refused.because !== "already_running") return ended(operation, toEnd(refused, kind, { repository, workflow: wish.workflow }));

    const run = await runs.find(repository, runId);
    return run && hasBegun(operation, run) ? { ...operation, stage: "running", isJoined: true } : { ...operation, stage: "waiting" };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error.effect === "nothing" ? ended(operation, failure(error)) : operation;
  }
}

async function ask(operation: Operation, runs: Services["runs"], jobId: number | undefined): Promise<RunRefused | undefined> {
  const { kind, repository, runId = 0, wish } = operation;
  if (kind === "cancel") return runs.cancel(repository, runId);
  if (kind === "approve") return runs.approve(repository, runId);

  const debug = wish.debug === true;
  if (!wish.oneJob) return runs.rerun(repository, { runId, debug });
  // After every attempt the job of that name has another id.
  const known = jobId ?? (await runs.jobs(repository, runId)).find(({ name }) => name === wish.jobs[0])?.id;
  return known === undefined ? { because: "not_found", said: "" } : runs.rerun(repository, { runId, jobId: known, debug });
}

/** Whether what was asked for is under way, or was. */
export function hasBegun({ kind, wish }: Operation, run: WorkflowRun): boolean {
  if (kind === "cancel") return run.isOver;
  if (kind === "approve") return !run.needsApproval;
  return run.attempt > wish.attempt;
}

export const ended = (operation: Operation, end: End): Operation => ({ ...operation, stage: "ended", end });

const failure = (error: ServiceError): End => ({
  kind: "refused",
  outcome: "failed",
  reason: "service_failed",
  message: inPlainWords(error),
});
