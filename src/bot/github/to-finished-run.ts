import { z } from "zod";
import type { FinishedRun } from "../../pipeline/policy/finished-run.ts";
import { conclusions } from "../../pipeline/policy/rule.ts";

const Completed = z.object({
  action: z.literal("completed"),
  repository: z.object({ full_name: z.string(), private: z.boolean(), default_branch: z.string() }),
  workflow_run: z.object({
    id: z.int(),
    name: z.string().nullable().catch(null),
    workflow_id: z.int(),
    run_number: z.int(),
    run_attempt: z.int().default(1),
    event: z.string(),
    head_branch: z.string().nullable(),
    head_sha: z.string(),
    head_repository: z.object({ full_name: z.string() }).nullable().catch(null),
    display_title: z.string().catch(""),
    conclusion: z.string().nullable(),
    actor: z.object({ login: z.string(), type: z.string() }).nullable().catch(null),
    pull_requests: z
      .array(z.object({ number: z.int(), base: z.object({ ref: z.string() }).optional().catch(undefined) }).nullable())
      .catch([]),
    html_url: z.string(),
  }),
});

/** A pull request may call its workflow anything. */
const longestName = 200;
export const workflowName = (name: string | null): string => name?.slice(0, longestName) || "a workflow without a name";

/** `gh-readonly-queue/main/pr-12-<sha>`: the branch that the queue merges into, and the pull request. */
const queueBranch = /^gh-readonly-queue\/(.+)\/pr-(\d+)-[0-9a-f]+$/;

/** What the merge queue's branch of that name is of; undefined for any other. */
export function queuedAs(branch: string | null): { readonly base: string; readonly pullRequest: number } | undefined {
  const [, base, number] = queueBranch.exec(branch ?? "") ?? [];
  return base === undefined ? undefined : { base, pullRequest: Number(number) };
}

/**
 * Translates a `workflow_run` delivery.
 *
 * @returns undefined for a run that has not ended, or whose conclusion is a word of GitHub's that we do not know
 * @throws z.ZodError when GitHub's shape changed
 */
export function toFinishedRun(payload: unknown): FinishedRun | undefined {
  if ((payload as { action?: unknown }).action !== "completed") return undefined;
  const { repository, workflow_run: run } = Completed.parse(payload);
  const conclusion = conclusions.find((word) => word === run.conclusion);
  if (conclusion === undefined) return undefined;

  const queued = queuedAs(run.head_branch);
  const base = run.event.startsWith("pull_request") ? run.pull_requests[0]?.base?.ref : undefined;
  const pullRequest = queued?.pullRequest ?? (run.event.startsWith("pull_request") ? run.pull_requests[0]?.number : undefined);
  return {
    repository: repository.full_name,
    isPrivate: repository.private,
    defaultBranch: repository.default_branch,
    ...(base !== undefined && { baseBranch: base }),
    runId: run.id,
    number: run.run_number,
    attempt: run.run_attempt,
    workflow: workflowName(run.name),
    workflowId: run.workflow_id,
    event: run.event,
    branch: queued?.base ?? run.head_branch ?? "",
    headRepository: run.head_repository?.full_name ?? "a deleted fork",
    headSha: run.head_sha,
    title: run.display_title.slice(0, longestName),
    conclusion,
    actor: { login: run.actor?.login ?? "ghost", isBot: run.actor?.type === "Bot" },
    ...(pullRequest !== undefined && { pullRequest }),
    url: run.html_url,
  };
}
