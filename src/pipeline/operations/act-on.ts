import { inPlainWords, ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { RunRefusal, WorkflowRun } from "../runs.ts";
import type { End, Operation } from "./operations.ts";
import { toEnd } from "./refusals.ts";

type Needs = Pick<Services, "runs" | "records">;

/**
 * Asks GitHub for what the operation wants, once: a re-run that GitHub has begun already is not asked for again.
 *
 * @param operation in the stage `asked`, stored as such before this is called
 * @param jobId of the one job to run again, where it is known
 * @returns the operation as it then stands, stored; still `asked` when GitHub gave no clear answer
 */
export async function actOn(operation: Operation, services: Needs, jobId?: number): Promise<Operation> {
  const acted = await attempt(operation, services, jobId);
  await services.records.transaction(({ operations }) => operations.put(acted));
  return acted;
}

/** As `actOn`, but leaves storing how it then stands to the caller. */
export async function attempt(operation: Operation, { runs }: Pick<Needs, "runs">, jobId?: number): Promise<Operation> {
  const { repository, runId = 0 } = operation;
  try {
    const refusal = await ask(operation, runs, jobId);
    if (refusal === undefined) return { ...operation, stage: "running" };
    if (refusal !== "already_running") return ended(operation, toEnd(refusal, { repository, workflow: operation.wish.workflow }));

    const run = await runs.find(repository, runId);
    return run && hasBegun(operation, run) ? { ...operation, stage: "running", isJoined: true } : { ...operation, stage: "waiting" };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.effect === "nothing") return ended(operation, failure(error));
    return operation;
  }
}

async function ask(operation: Operation, runs: Services["runs"], jobId: number | undefined): Promise<RunRefusal | undefined> {
  const { kind, repository, runId = 0, wish } = operation;
  if (kind === "cancel") return runs.cancel(repository, runId);
  if (kind === "approve") return runs.approve(repository, runId);

  const debug = wish.debug === true;
  if (!wish.oneJob) return runs.rerun(repository, { runId, debug });
  // After every attempt the job of that name has another id.
  const known = jobId ?? (await runs.jobs(repository, runId)).find(({ name }) => name === wish.jobs[0])?.id;
  return known === undefined ? "not_found" : runs.rerun(repository, { runId, jobId: known, debug });
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
