import { createHash } from "node:crypto";
import { inPlainWords, ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { Workflow, WorkflowInput } from "../workflows.ts";
import { ended, move } from "./act-on.ts";
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
  const [stored] = await records.transaction(({ operations }) => operations.ofIntent(asked.intent));
  if (stored && stored.end?.kind !== "refused") return stored.stage === "asked" ? look(stored, services) : stored;

  const operation = toOperation(asked, await plan(), services.now());
  await records.transaction(({ operations }) => operations.put(operation));
  return move(operation, await dispatch(operation, services), services);
}

async function look(operation: Operation, services: Needs): Promise<Operation> {
  return move(operation, await findStarted(operation, services), services);
}

async function dispatch(operation: Operation, services: Needs): Promise<Operation> {
  const { repository, wish } = operation;
  const { workflowId = 0, inputs = {} } = wish.dispatch ?? {};
  try {
    const answer = await services.workflows.dispatch(repository, workflowId, wish.ref ?? "", inputs);
    if ("refusal" in answer) return ended(operation, refusalOf(answer.refusal, answer.detail, operation));
    if (answer.runId === undefined) return await findStarted({ ...operation, stage: "running" }, services);
    const run = await services.runs.find(repository, answer.runId).catch(ignore);
    return withRun(operation, run ?? { id: answer.runId });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.effect === "maybe_done") return findStarted(operation, services).catch(() => operation);
    return ended(operation, { kind: "refused", outcome: "failed", reason: "service_failed", message: inPlainWords(error) });
  }
}

/** It is started; only what it is called is not known yet. */
function ignore(error: unknown): undefined {
  if (!(error instanceof ServiceError)) throw error;
}

function refusalOf(refusal: Parameters<typeof toEnd>[0], said: string, { repository, wish }: Operation) {
  if (refusal !== "invalid") return toEnd(refusal, { repository, workflow: wish.workflow });
  const message = `GitHub does not start ${wish.workflow} on ${wish.ref}: “${said.slice(0, 300)}”. Correct that and ask again.`;
  return { kind: "refused", outcome: "invalid", reason: "inputs_refused", message } as const;
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
