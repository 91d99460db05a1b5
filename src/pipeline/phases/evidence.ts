import type { WorkflowRun } from "../runs.ts";

/** What GitHub says of deliverables, beside the checks of a commit. Every call throws ServiceError when GitHub cannot be asked. */
export interface Evidence {
  /**
   * Where the files and folders are at a commit, in one request.
   *
   * @returns the page of each that is there; the others are absent
   */
  paths(repository: string, commitSha: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * The newest run of a workflow that the branch itself caused, running or ended; a pull request's run is none, because a fork's branch may
   * have the same name.
   *
   * @param file the workflow's file, as `ci.yml`
   * @returns undefined when there is no such workflow, or it has not run on the branch
   */
  newestRun(repository: string, file: string, branch: string): Promise<WorkflowRun | undefined>;
}
