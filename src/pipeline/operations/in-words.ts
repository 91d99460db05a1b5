import type { Mood } from "../../reply.ts";
import { shortSha } from "../next-step.ts";
import type { JobState } from "../pipelines.ts";
import type { Operation } from "./operations.ts";

export interface Words {
  readonly mood: Mood;
  readonly sentence: string;
}

/** How an operation stands, in one sentence. */
export function inWords(operation: Operation): Words {
  const { stage, end, kind } = operation;
  if (end?.kind === "refused") return { mood: end.reason === "cancelled" ? "idle" : "bad", sentence: end.message };
  if (end) return concluded(operation, end);
  if (stage === "asked") return { mood: "busy", sentence: unanswered(operation) };
  return { mood: "busy", sentence: stage === "waiting" ? waiting(operation) : running[kind](operation) };
}

/** `#2 @ab12cd3` */
export function where({ wish: { pullRequest, ref, headSha } }: Operation): string {
  const place = pullRequest === undefined ? (ref ?? "") : `#${pullRequest}`;
  return `${place} ${headSha === "" ? "" : `@${shortSha(headSha)}`}`.trim();
}

/** What is run again: a job by name, or how many. */
function what({ wish: { jobs, workflow } }: Operation): string {
  if (jobs.length === 1 && jobs[0]) return jobs[0];
  return jobs.length === 0 ? `the failed jobs of ${workflow}` : `${jobs.length} failed jobs of ${workflow}`;
}

const running: Readonly<Record<Operation["kind"], (operation: Operation) => string>> = {
  retry: (operation) => `Retrying ${what(operation)} on ${where(operation)}, attempt ${operation.wish.attempt + 1}${soFar(operation)}.`,
  cancel: (operation) => `Cancelling ${operation.wish.workflow} on ${where(operation)}.`,
  approve: (operation) => `Approved: ${operation.wish.workflow} runs on ${where(operation)}${soFar(operation)}.`,
  dispatch: (operation) => {
    const unseen = operation.runId === undefined ? " GitHub did not say which run it is; I am looking for it." : "";
    return `Started ${operation.wish.workflow} on ${where(operation)}${soFar(operation)}.${unseen}`;
  },
};

const soFar = ({ progress }: Operation): string => (progress ? `: ${progress.done} of ${progress.total} jobs done` : "");

function waiting(operation: Operation): string {
  return `${operation.wish.workflow} still runs on ${where(operation)}${soFar(operation)}. I retry ${what(operation)} when it ends.`;
}

function unanswered(operation: Operation): string {
  const { kind, wish } = operation;
  if (kind === "dispatch") {
    return `GitHub did not say whether it started ${wish.workflow} on ${wish.ref ?? "the branch"}. I do not ask twice: look at its runs before you do.`;
  }
  const deed = { retry: `retries ${what(operation)}`, cancel: `cancels ${wish.workflow}`, approve: `let ${wish.workflow} run` }[kind];
  return `GitHub did not say whether it ${deed} on ${where(operation)}. I watch the run and say here what came of it; look before you try again.`;
}

function concluded(operation: Operation, { state, attempt, jobs }: Extract<Operation["end"], { kind: "concluded" }>): Words {
  const { kind, wish } = operation;
  const place = where(operation);
  if (kind === "cancel") {
    if (state === "cancelled") return { mood: "idle", sentence: `${wish.workflow} on ${place} is cancelled.` };
    return { mood: moodOf(state), sentence: `${wish.workflow} on ${place} had ${endWords[state]} before it could be cancelled.` };
  }
  if (kind !== "retry") return { mood: moodOf(state), sentence: `${wish.workflow} ${endWords[state]} on ${place}.` };

  const decisive = wish.oneJob ? (jobs[0]?.state ?? state) : state;
  const again = decisive === "failed" ? " again" : "";
  return { mood: moodOf(decisive), sentence: `${what(operation)} ${endWords[decisive]}${again} on attempt ${attempt} · ${place}.` };
}

export const endWords: Readonly<Record<JobState, string>> = {
  passed: "passed",
  failed: "failed",
  cancelled: "was cancelled",
  stale: "went stale",
  neutral: "ended neutral",
  skipped: "was skipped",
  waiting: "waits for somebody's approval",
  running: "runs",
  queued: "is queued",
};

export function moodOf(state: JobState): Mood {
  if (state === "passed") return "good";
  if (state === "failed" || state === "cancelled" || state === "stale") return "bad";
  return state === "neutral" || state === "skipped" ? "idle" : "busy";
}
