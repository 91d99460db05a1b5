import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { WorkflowRun } from "../runs.ts";
import { ended } from "./act-on.ts";
import type { Operation } from "./operations.ts";
import { tell } from "./tell.ts";

type Needs = Pick<Services, "records" | "workflows" | "now" | "wait">;

/** GitHub's clock and ours may differ. */
const clockSkewMs = 5_000;

/** A run that was asked for shows up within seconds. */
const lookAfterMs = [0, 1_000, 2_000, 4_000];

/** What has not shown up by then was not started, or cannot be told from others. */
const givenUpAfterMs = 10 * 60_000;

/**
 * Finds the run that a dispatch started: by what was given along to know it by, else as the only one that we started since and nobody has
 * claimed.
 */
export async function findStarted(operation: Operation, services: Needs): Promise<Operation> {
  for (const delayMs of lookAfterMs) {
    if (delayMs > 0) await services.wait(delayMs);
    const run = await lookFor(operation, services);
    if (run) return withRun(operation, run);
  }
  return operation;
}

export const withRun = (operation: Operation, run: Pick<WorkflowRun, "id"> & Partial<WorkflowRun>): Operation => ({
  ...operation,
  stage: "running",
  runId: run.id,
  wish: { ...operation.wish, ...(run.url !== undefined && { url: run.url }), ...(run.headSha !== undefined && { headSha: run.headSha }) },
});

/** A dispatch whose run was not found in time, looked for once more. */
export async function settleLost(operation: Operation, services: Needs): Promise<void> {
  const run = await orLost(lookFor(operation, services));
  if (run instanceof UserError) {
    const { outcome, reason, message } = run;
    return tell(operation, ended(operation, { kind: "refused", outcome, reason, message }), services);
  }
  if (run) return tell(operation, withRun(operation, run), services);
  if (services.now() - operation.askedAt < givenUpAfterMs) return;
  const { stage, wish } = operation;
  const said = stage === "running" ? `GitHub agreed to start ${wish.workflow}` : `GitHub never said whether it started ${wish.workflow}`;
  const message = `${said}, but I do not find its run. Look at its runs before you ask again.`;
  await tell(operation, ended(operation, { kind: "refused", outcome: "uncertain", reason: "run_not_found", message }), services);
}

/** The App was taken off the repository: nobody will ever see how it ends. */
function orLost<T>(looking: Promise<T>): Promise<T | UserError> {
  return looking.catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
}

async function lookFor({ repository, askedAt, wish }: Operation, { workflows, records }: Needs): Promise<WorkflowRun | undefined> {
  const { dispatch } = wish;
  if (!dispatch) return undefined;
  const started = await workflows.startedSince(repository, dispatch.workflowId, wish.ref ?? "", askedAt - clockSkewMs);
  const { correlation } = dispatch;
  if (correlation !== undefined) return started.find(({ title }) => title.includes(correlation));

  const unclaimed: WorkflowRun[] = [];
  for (const run of started) {
    const isKnown = await records.transaction(({ operations }) => operations.isKnown(repository, run.id));
    if (!isKnown) unclaimed.push(run);
  }
  return unclaimed.length === 1 ? unclaimed[0] : undefined;
}
