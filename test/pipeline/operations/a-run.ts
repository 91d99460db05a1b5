import { ServiceError } from "../../../src/errors.ts";
import type { CarryOutNeeds } from "../../../src/pipeline/operations/carry-out.ts";
import type { Pipeline } from "../../../src/pipeline/pipelines.ts";
import type { RunJob, RunRefused, WorkflowRun } from "../../../src/pipeline/runs.ts";

export const away = new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true });
export const unanswered = new ServiceError("GitHub has trouble answering.", { service: "GitHub", retryable: true, effect: "maybe_done" });

const head: Pipeline = {
  repository: "acme/shop",
  headSha: "ab12cd3",
  headUrl: "https://x.test/c",
  subject: { kind: "ref", name: "main" },
  counts: {},
  jobs: [],
};

export type GitHubRun = ReturnType<typeof aRunOnGitHub>;

/** GitHub with one run, number 7, whose job `test` failed; what it was asked to do is kept. */
export function aRunOnGitHub({ isOver = true, attempt = 1 } = {}) {
  const asked: string[] = [];
  let run: WorkflowRun = {
    id: 7,
    title: "CI",
    workflow: { id: 3, name: "CI" },
    event: "push",
    headSha: "ab12cd3",
    attempt,
    createdAt: 0,
    url: "https://x.test/7",
    state: isOver ? "failed" : "running",
    isOver,
    needsApproval: false,
  };
  let lookFails: Error | undefined;
  let refusal: RunRefused | Error | undefined;
  /** After how many looks the trouble with looking begins. */
  let goodLooks = 0;
  const answer = async (name: string) => {
    asked.push(name);
    if (refusal instanceof Error) throw refusal;
    return refusal;
  };

  return {
    asked,
    /** The attempt ends so. */
    end(state: "failed" | "passed" | "cancelled") {
      run = { ...run, state, isOver: true };
    },
    /** GitHub's reads lag behind its writes. */
    showOldAttempt() {
      run = { ...run, attempt: run.attempt - 1, state: "failed", isOver: true };
    },
    failLooks(error: Error | undefined, after = 0) {
      lookFails = error;
      goodLooks = after;
    },
    answerWith(next: RunRefused | Error | undefined) {
      refusal = next;
    },
    services: {
      runs: {
        async ofCommit() {
          return [run];
        },
        async find() {
          if (lookFails && goodLooks-- <= 0) throw lookFails;
          return run;
        },
        async jobs(): Promise<readonly RunJob[]> {
          const { attempt, state, isOver: over } = run;
          return [{ id: attempt, name: "test", state, isOver: over, attempt, url: "https://x.test/j" }];
        },
        async rerun() {
          const refused = await answer("rerun");
          if (!refused) run = { ...run, attempt: run.attempt + 1, state: "running", isOver: false };
          return refused;
        },
        cancel: () => answer("cancel"),
        approve: () => answer("approve"),
      },
      permissions: { roleOf: async () => "write" as const },
      links: {
        of: async () => undefined,
        slackUserOf: async () => undefined,
        pinned: { of: () => undefined, slackUserOf: () => undefined },
      },
      pipelines: { ofPullRequest: async () => head, ofRef: async () => head, newestPullRequestBy: async () => undefined },
    } satisfies Omit<CarryOutNeeds, "records">,
  };
}
