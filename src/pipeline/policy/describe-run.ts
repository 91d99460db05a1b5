import { facts, type Mood, type Reply, text } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import { nextStep } from "../next-step.ts";
import { type FinishedRun, type Subject, subjectOf } from "./finished-run.ts";
import type { Line } from "./held.ts";
import type { Conclusion } from "./rule.ts";
import { isFailure, type Transition } from "./standing.ts";

const words: Readonly<Record<Conclusion, string>> = {
  failure: "failed",
  recovered: "passed again",
  success: "passed",
  cancelled: "was cancelled",
  timed_out: "timed out",
  action_required: "waits for approval",
  startup_failure: "could not start",
  neutral: "ended as neutral",
  skipped: "was skipped",
  stale: "went stale",
};

/** As many lines of the longest names are one message in Slack. */
const mostRows = 30;
const longestName = 80;

/** The run in one line, as a digest and the root of a thread show it. */
export function lineOf(run: FinishedRun, transition: Transition): Line {
  const how = transition === "recovered" ? words.recovered : `${words[run.conclusion]}${transition === "still_failing" ? " again" : ""}`;
  const late = transition === "overtaken" ? "; a newer run has ended since" : "";
  const name = clipped(subjectOf(run).name, longestName);
  return {
    text: `${clipped(run.workflow, longestName)} ${how} on ${name} (${run.repository})${late}`,
    mood: moodOf(run.conclusion),
    url: run.url,
  };
}

/** What a channel is told of a run. */
export function describeRun(run: FinishedRun, transition: Transition, unchecked: readonly ("paths" | "teams")[]): Reply {
  const { text: line, mood } = lineOf(run, transition);
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : "";
  const notes = unchecked.map((fact) => text(`GitHub did not tell ${unknown[fact]}, so the rule was taken to fit.`));
  return {
    outcome: "done",
    reason: "notified",
    audience: "channel",
    parts: [
      text(line, mood),
      facts({ label: "Commit", value: `${run.headSha.slice(0, 7)} ${run.title}` }, { label: "Started by", value: run.actor.login }),
      ...notes,
    ],
    link: { text: `Run #${run.number}${attempt}`, url: run.url },
    ...(isFailure(run.conclusion) && transition !== "overtaken" && { actions: retry(run) }),
  };
}

/** The message of a failure, once it is over: what stands at the top of a message is the truth. */
export function nowOver(failure: Reply, run: FinishedRun): Reply {
  const [first, ...rest] = failure.parts;
  const { actions: _, ...reply } = failure;
  if (first?.kind !== "text") return reply;
  return { ...reply, parts: [text(`${first.text}, and passed again in run #${run.number}`, "good"), ...rest] };
}

/** The root of a thread: how each workflow of the branch or pull request stands. */
export function describeSubject({ name }: Subject, repository: string, rows: readonly Line[]): Reply {
  const bad = rows.filter(({ mood }) => mood === "bad").length;
  const shown = rows.toSorted((one, other) => Number(other.mood === "bad") - Number(one.mood === "bad")).slice(0, mostRows);
  const isGreen = bad === 0 && rows.some(({ mood }) => mood === "good");
  const state = bad > 1 ? `is red: ${bad} workflows` : bad === 1 ? "is red" : isGreen ? "is green" : "has neither passed nor failed";
  return {
    outcome: "done",
    reason: "notified",
    audience: "channel",
    parts: [
      text(`${clipped(name, longestName)} ${state} (${repository})`, bad > 0 ? "bad" : isGreen ? "good" : "idle"),
      {
        kind: "table",
        columns: ["Run"],
        rows: shown.map(({ mood, text: words, url }) => ({ mood, cells: [{ text: words, url }] })),
        ...(rows.length > mostRows && { more: `and ${rows.length - mostRows} more` }),
      },
    ],
  };
}

const unknown = { paths: "which files changed", teams: "who is in the team" } as const;

const moodOf = (conclusion: Conclusion): Mood => {
  if (isFailure(conclusion)) return "bad";
  return conclusion === "success" ? "good" : "idle";
};

/** Of a fork's branch or a merge queue's there is nothing to name. */
function retry({ repository, event, branch, headRepository, headSha, pullRequest }: FinishedRun) {
  if (event === "merge_group" || headRepository.toLowerCase() !== repository.toLowerCase()) return [];
  const where = pullRequest === undefined ? { ref: branch } : { pullRequest };
  return [nextStep("Retry failed jobs", "retry-job --failed", { surface: "slack", repository, headSha, ...where })];
}
