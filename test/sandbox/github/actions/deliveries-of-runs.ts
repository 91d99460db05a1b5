import type { GitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";

interface Told {
  readonly action: string;
  readonly workflow_run?: { readonly status: string; readonly conclusion: string | null; readonly run_attempt: number };
  readonly workflow_job?: { readonly name: string; readonly status: string; readonly conclusion: string | null };
  readonly check_run?: { readonly name: string; readonly conclusion: string | null };
}

/** What was told of runs since, one line each: `workflow_job completed docs failure`. */
export function toldSince(github: GitHubSandbox, from: number): string[] {
  return github
    .deliveries()
    .slice(from)
    .map(({ event, payload }) => {
      const { action, workflow_run: run, workflow_job: job, check_run: check } = payload as unknown as Told;
      const subject = job ?? check;
      const about = run ? [`#${run.run_attempt}`, run.conclusion] : [subject?.name, subject?.conclusion];
      return [event, action, ...about].filter((part) => part !== null && part !== undefined).join(" ");
    });
}
