import { z } from "zod";
import type { RunJob, WorkflowRun } from "../../pipeline/runs.ts";
import { toJobState } from "./to-job.ts";

const Standing = { status: z.string().nullable(), conclusion: z.string().nullable() };

const Run = z.object({
  id: z.number(),
  workflow_id: z.number(),
  name: z.string().nullish(),
  display_title: z.string(),
  event: z.string(),
  head_sha: z.string(),
  run_attempt: z.number().optional(),
  created_at: z.string(),
  html_url: z.string(),
  ...Standing,
});

/** @throws z.ZodError when GitHub's shape changed */
export function toRun(foreign: unknown): WorkflowRun {
  const run = Run.parse(foreign);
  const { status, conclusion } = run;
  return {
    id: run.id,
    workflow: { id: run.workflow_id, name: run.name || "a workflow without a name" },
    event: run.event,
    title: run.display_title,
    headSha: run.head_sha,
    attempt: run.run_attempt ?? 1,
    createdAt: Date.parse(run.created_at),
    url: run.html_url,
    state: stateOf(status, conclusion),
    isOver: status === "completed",
    needsApproval: conclusion === "action_required" || status === "action_required",
  };
}

const Job = z.object({
  id: z.number(),
  name: z.string(),
  run_attempt: z.number().optional(),
  html_url: z.string().nullable(),
  completed_at: z.string().nullish(),
  ...Standing,
});

/** @throws z.ZodError when GitHub's shape changed */
export function toRunJob(foreign: unknown): RunJob {
  const { id, name, run_attempt: attempt = 1, html_url: url, status, conclusion, completed_at } = Job.parse(foreign);
  const endedAt = Date.parse(completed_at ?? "");
  return {
    id,
    name,
    attempt,
    url: url ?? "",
    isOver: status === "completed",
    state: stateOf(status, conclusion),
    ...(Number.isFinite(endedAt) && { endedAt }),
  };
}

const stateOf = (status: string | null, conclusion: string | null) => toJobState((conclusion ?? status ?? "queued").toUpperCase());
