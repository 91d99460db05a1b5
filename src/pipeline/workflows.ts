import type { RunRefused, WorkflowRun } from "./runs.ts";

export interface Workflow {
  readonly id: number;
  readonly name: string;
  /** `.github/workflows/release.yml` */
  readonly path: string;
  readonly url: string;
}

/** One of the inputs that a workflow declares for being started by hand. */
export interface WorkflowInput {
  readonly name: string;
  readonly type: "string" | "choice" | "boolean" | "number" | "environment";
  readonly isRequired: boolean;
  readonly default?: string;
  /** Of a choice. */
  readonly options: readonly string[];
}

/** GitHub takes no more: https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event */
export const mostInputs = 25;

/** Workflows that people start by hand. Every call throws ServiceError when GitHub cannot be asked. */
export interface Workflows {
  list(repository: string): Promise<readonly Workflow[]>;
  /** What the workflow declares on that branch; undefined when it is not there or cannot be started by hand. Throws UserError when the file cannot be understood. */
  inputs(repository: string, path: string, ref: string): Promise<readonly WorkflowInput[] | undefined>;
  /**
   * Starts the workflow on a branch or tag.
   *
   * @returns the run; its id is unknown where GitHub did not say it
   * @throws ServiceError with the effect `maybe_done` when GitHub may have started it all the same
   */
  dispatch(
    repository: string,
    workflowId: number,
    ref: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<{ readonly runId?: number } | { readonly refused: RunRefused }>;
  /** The runs of it on that branch or tag that we started by hand since that moment (milliseconds since the epoch). */
  startedSince(repository: string, workflowId: number, ref: string, since: number): Promise<readonly WorkflowRun[]>;
}
