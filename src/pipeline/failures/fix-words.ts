import type { Action } from "../../reply.ts";
import { type Head, nextStep, quoted, shortSha } from "../next-step.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { FixWish } from "./fix-wish.ts";

/** What became of one thing that may help, to show beside the failure. */
export interface FixDecision {
  readonly kind: "suggested" | "began" | "not_again" | "stopped" | "not_allowed" | "undecided";
  /** One sentence. */
  readonly text: string;
  /** What a person can do instead. */
  readonly action?: Action;
  /** A model's: it stands beside what known issues say. */
  readonly by?: "triage";
  /** Lines of the log that show it. */
  readonly quoted?: readonly string[];
  /** Which model it was and, where that may be told, what it cost. */
  readonly source?: string;
}

const mostNamed = 3;
const longestName = 100;

function listed(names: readonly string[]): string {
  const short = [...new Set(names)].map((name) => (name.length > longestName ? `${name.slice(0, longestName)}…` : name));
  const rest = short.length - mostNamed;
  return [...short.slice(0, mostNamed), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

/** `known issue sigill-cpu-variant in test-rust` */
function knownIn({ jobs, because }: Pick<FixWish, "jobs" | "because">): string {
  if (because !== undefined) return `${because} (${listed(jobs.map(({ name }) => name))})`;
  const issues = new Set(jobs.map(({ issue }) => issue));
  return `known ${issues.size === 1 ? "issue" : "issues"} ${listed([...issues])} in ${listed(jobs.map(({ name }) => name))}`;
}

export const beganWords = (wish: FixWish): string =>
  wish.type === "retry" ? `Retried by itself: ${knownIn(wish)}.` : `Started ${wish.script} by itself: ${knownIn(wish)}.`;

export const suggestedWords = (wish: FixWish): string =>
  wish.type === "retry" ? `I would retry it: ${knownIn(wish)}.` : `I would start ${wish.script}: ${knownIn(wish)}.`;

export function notAgainWords(wish: FixWish, headSha: string): string {
  return `Something was done about it once at ${shortSha(headSha)} already, so not again without a person: ${knownIn(wish)}.`;
}

export const triedOftenWords = (wish: FixWish, { attempt }: Pick<FinishedRun, "attempt">): string =>
  `It failed in attempt ${attempt}, so it is not retried again without a person: ${knownIn(wish)}.`;

export const failedItselfWords = (wish: FixWish): string =>
  `${wish.script} would help, but it is what failed, so it is not started by itself: ${knownIn(wish)}.`;

export function notAllowedWords(wish: FixWish, isFork: boolean): string {
  const help = wish.type === "retry" ? "Another attempt" : `Starting ${wish.script}`;
  const why = isFork ? "nothing is started for a fork" : "the settings leave that to people";
  return `${help} may help, but ${why}: ${knownIn(wish)}.`;
}

/** Where the run's commit is the head; by the commit itself where no branch of ours has it. */
export function placeOf({ pullRequest, event, branch, headSha }: FinishedRun): Pick<Head, "pullRequest" | "ref"> {
  if (event === "merge_group" || branch === "") return { ref: headSha };
  if (pullRequest !== undefined) return { pullRequest };
  return { ref: event.startsWith("pull_request") ? headSha : branch };
}

/** The same thing, for a person to do. */
export function fixAction(wish: FixWish, run: FinishedRun): Action {
  const { repository, headSha } = run;
  const [job, ...others] = wish.jobs;
  // What is started takes any `key=value` as an input of its own.
  if (wish.type === "workflow")
    return nextStep("Start the workflow", `run ${quoted(wish.script)}`, { surface: "slack", repository, ref: run.branch, headSha: "" });
  const what = job && others.length === 0 ? quoted(job.name) : "--failed";
  return nextStep("Retry failed jobs", `retry-job ${what}`, { surface: "slack", repository, headSha, ...placeOf(run) }, "primary");
}
