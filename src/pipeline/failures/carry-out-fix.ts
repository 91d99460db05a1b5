import { ServiceError, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { checkInputs } from "../check-inputs.ts";
import { type CarryOutNeeds, carryOut } from "../operations/carry-out.ts";
import type { Operation } from "../operations/operations.ts";
import { ownAsker } from "../operations/own-asker.ts";
import { startWorkflow } from "../operations/start-workflow.ts";
import { writeDown } from "../operations/tell.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { type Job, type NewJob, runLane } from "../queue.ts";

/** The task of the job that asks GitHub for a fix that was begun. */
export const carryOutFixTask = "carry-out-fix";

interface Begun {
  readonly run: Pick<FinishedRun, "repository" | "branch" | "runId">;
  /** The file of the workflow to start; absent for a retry, which is stored. */
  readonly script?: string;
}

export const toCarryOutFix = (intent: string, { run: { repository, branch, runId }, script }: Begun): NewJob => ({
  id: intent,
  task: carryOutFixTask,
  payload: { intent, run: { repository, branch, runId }, ...(script !== undefined && { script }) },
  lane: runLane(runId),
});

type Needs = CarryOutNeeds & Pick<Services, "workflows" | "now" | "wait">;

/** Asks GitHub once, whatever crashes in between; the job runs again until GitHub has answered. */
export function createCarryOutFix(services: Needs): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { intent, run, script } = payload as unknown as Begun & { readonly intent: string };
    const operations = script === undefined ? await retry(intent, services) : await start(intent, run, script, services);
    for (const operation of operations) await settle(operation, services);
  };
}

/** What GitHub surely did not take is asked for anew. */
async function retry(intent: string, services: Needs): Promise<readonly Operation[]> {
  const again = async () => {
    const failed = await services.records.transaction(({ operations }) => operations.ofIntent(intent));
    return failed.map(({ end: _, ...operation }) => ({ operation: { ...operation, stage: "asked" as const } }));
  };
  return carryOut(intent, again, services);
}

async function start(intent: string, { repository, branch }: Begun["run"], script: string, services: Needs): Promise<readonly Operation[]> {
  const freeze = await services.records.transaction(({ freezes }) => freezes.find(repository));
  if (freeze) return [];
  try {
    const asked = { intent, repository, asker: ownAsker, place: { message: intent, ordinal: 0 } };
    return [await startWorkflow(asked, () => planStart(repository, script, branch, services), services)];
  } catch (error) {
    // It could be started a moment ago: somebody has changed it since.
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** @throws UserError when it cannot be started there by hand, or needs inputs */
export async function planStart(repository: string, script: string, branch: string, { workflows }: Pick<Services, "workflows">) {
  const path = `.github/workflows/${script}`;
  const workflow = (await workflows.list(repository)).find((one) => one.path === path);
  const declared = workflow && (await workflows.inputs(repository, path, branch));
  if (!workflow || !declared)
    throw new UserError("not_applicable", "not_dispatchable", `${script} cannot be started by hand on ${branch}, so it was not.`);
  return { workflow, branch, declared, inputs: checkInputs(workflow.name, declared, new Map()) };
}

async function settle(operation: Operation, { records, now }: Needs): Promise<void> {
  const { id, kind, stage, end } = operation;
  const isUnanswered = stage === "asked" && kind === "retry";
  if (isUnanswered || (end?.kind === "refused" && end.outcome === "failed"))
    throw new ServiceError("GitHub did not take a fix.", { service: "GitHub", retryable: true });
  if (!end) return;
  await records.transaction(async (tx) => {
    if (!(await tx.audit.finished(`${id}:end`))) await writeDown(operation, tx, now());
  });
}
