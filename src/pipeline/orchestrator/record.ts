import { type Outcome, text } from "../../reply.ts";
import type { Place } from "../failures/diagnoses.ts";
import { ownAsker } from "../operations/own-asker.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Transaction } from "../records.ts";
import { showUsd } from "../usage/money.ts";
import type { Decision, Learnt, StoredDecision } from "./decision.ts";
import { actionWords, decidedWords, truthWords } from "./decision-words.ts";

/** What of a decision follows from the run. */
export type RunOfDecision = Pick<
  Decision,
  "repository" | "pullRequest" | "place" | "workflow" | "workflowId" | "runId" | "number" | "attempt" | "headSha"
>;

export function runOfDecision(run: FinishedRun, place: Place): RunOfDecision {
  const { repository, pullRequest, workflow, workflowId, runId, number, attempt, headSha } = run;
  return { repository, ...(pullRequest !== undefined && { pullRequest }), place, workflow, workflowId, runId, number, attempt, headSha };
}

/** Names what is decided about one attempt: once for each known fix, and once for all the rest. */
export const unitOf = ({ repository, runId, attempt }: RunOfDecision, part: string): string =>
  `triage:${repository.toLowerCase()}:${runId}:${attempt}:${part}`;

type Audited = Pick<Transaction, "audit" | "decisions">;

/** Writes a decision down, for the count and for the audit; false where it was before. */
export async function recordDecision({ decisions, audit }: Audited, decision: Decision): Promise<boolean> {
  if (!(await decisions.put(decision))) return false;
  await audit.append(entryOf(decision, { at: decision.at, intent: decision.id, ...decidedOf(decision) }));
  return true;
}

/** Writes down what became of a failure. */
export async function recordLearnt({ decisions, audit }: Audited, decision: StoredDecision, learnt: Learnt, at: number): Promise<void> {
  await decisions.learn(decision.id, learnt);
  const { truth } = learnt;
  if (truth === undefined || truth === decision.truth) return;
  const words = truthWords({ ...decision, ...learnt });
  await audit.append(
    entryOf(decision, { at, intent: `${decision.id}:${truth}`, outcome: "done", reason: `truth_${truth}`, text: words, words }),
  );
}

function decidedOf(decision: Decision): Pick<Entry, "outcome" | "reason" | "text" | "words"> {
  const { stage, action, jobs, failure, costPico } = decision;
  const cost = costPico === undefined ? "" : `, ${showUsd(costPico)}`;
  return {
    outcome: failure === undefined ? "done" : "not_applicable",
    reason: failure === undefined ? `decided_${action}` : "not_decided",
    text: `${stage}: ${actionWords(decision)} (${jobs.join(", ") || "no job"}${cost})`,
    words: failure ?? decidedWords(decision),
  };
}

interface Entry {
  readonly at: number;
  readonly intent: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly text: string;
  readonly words: string;
}

const entryOf = (decision: Decision, { at, intent, outcome, reason, text: line, words }: Entry) => ({
  intent,
  endedAt: at,
  durationMs: 0,
  surface: ownAsker.surface,
  actor: ownAsker.key,
  actorName: ownAsker.name,
  command: "triage",
  text: line,
  repository: decision.repository,
  ...(decision.pullRequest !== undefined && { pullRequest: decision.pullRequest }),
  outcome,
  reason,
  reply: { outcome, reason, audience: "channel" as const, parts: [text(words)] },
});
