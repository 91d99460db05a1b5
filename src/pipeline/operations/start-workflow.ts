import { createHash } from "node:crypto";
import { inPlainWords, ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { Workflow, WorkflowInput } from "../workflows.ts";
import { ended, move } from "./act-on.ts";
import { begunOf } from "./carry-out.ts";
import { findStarted, withRun } from "./find-started.ts";
import type { Operation } from "./operations.ts";
import { toEnd } from "./refusals.ts";

type Needs = Pick<Services, "workflows" | "runs" | "records" | "now" | "wait">;
type Asked = Pick<Operation, "intent" | "place" | "repository" | "asker">;

interface Plan {
  readonly workflow: Workflow;
  readonly branch: string;
  readonly declared: readonly WorkflowInput[];
  readonly inputs: Readonly<Record<string, string>>;
}

/** A workflow that declares this input, and shows it in its `run-name`, has its run found after a crash too. */
const correlationInput = "correlation_id";

/**
 * Starts a workflow, once: what may have been started before a crash is looked for and never started again.
 *
 * @param plan says what to start; it is not asked again after a crash
 */
export async function startWorkflow(asked: Asked, plan: () => Promise<Plan>, services: Needs): Promise<Operation> {
  const { records } = services;
  const stored = await records.transaction((tx) => begunOf(asked.intent, tx));
  if (stored?.[0]) return goOn(stored[0], services);

  const operation = toOperation(asked, await plan(), services.now());
  // While we planned, another worker may have got the wish, because we were thought dead.
  const earlier = await records.transaction(async (tx) => {
    const begun = await begunOf(asked.intent, tx);
    if (!begun) await tx.operations.put(operation);
    return begun?.[0];
  });
  return earlier ?? move(operation, await dispatch(operation, services), services);
}

async function goOn(operation: Operation, services: Needs): Promise<Operation> {
  return operation.stage === "asked" ? move(operation, await lookFor(operation, services), services) : operation;
}

async function dispatch(operation: Operation, services: Needs): Promise<Operation> {
  const { repository, wish } = operation;
  const { workflowId = 0, inputs = {} } = wish.dispatch ?? {};
  try {
    const answer = await services.workflows.dispatch(repository, workflowId, wish.ref ?? "", inputs);
    if ("refused" in answer) return ended(operation, toEnd(answer.refused, "dispatch", { repository, workflow: wish.workflow }));

    const started: Operation = { ...operation, stage: "running" };
    if (answer.runId === undefined) return await lookFor(started, services);
    return withRun(started, (await services.runs.find(repository, answer.runId).catch(ignore)) ?? { id: answer.runId });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.effect === "maybe_done") return lookFor(operation, services);
    return ended(operation, { kind: "refused", outcome: "failed", reason: "service_failed", message: inPlainWords(error) });
  }
}

/** Where its run cannot be looked for now, it stays as it is, and is looked for later. */
async function lookFor(operation: Operation, services: Needs): Promise<Operation> {
  try {
    return await findStarted(operation, services);
  } catch (error) {
    if (error instanceof ServiceError) return operation;
    throw error;
  }
}

/** It is started; only what it is called is not known yet. */
function ignore(error: unknown): undefined {
  if (!(error instanceof ServiceError)) throw error;
}

function toOperation({ intent, ...asked }: Asked, { workflow, branch, declared, inputs }: Plan, askedAt: number): Operation {
  const isCorrelated = declared.some(({ name }) => name === correlationInput) && inputs[correlationInput] === undefined;
  const correlation = `ci-${createHash("sha256").update(intent).digest("hex").slice(0, 12)}`;
  return {
    ...asked,
    intent,
    id: `${intent}#0`,
    kind: "dispatch",
    stage: "asked",
    askedAt,
    wish: {
      workflow: workflow.name,
      url: workflow.url,
      headSha: "",
      ref: branch,
      attempt: 0,
      jobs: [],
      dispatch: {
        workflowId: workflow.id,
        inputs: isCorrelated ? { ...inputs, [correlationInput]: correlation } : inputs,
        ...(isCorrelated && { correlation }),
      },
    },
  };
}
