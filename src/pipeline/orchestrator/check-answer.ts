import type { Verdict } from "../failures/diagnosis.ts";
import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import { withoutControls } from "../logs/to-plain-line.ts";
import { type TriageAction, type TriageAnswer, triageActions } from "./triage.ts";

const longestCause = 400;
const mostEvidence = 5;
/** As long as a line of an excerpt. */
const longestLine = 300;
/** Shorter ones, as `}`, stand in any log and show nothing. */
const shortestLine = 6;

/** What was measured, which no model knows better. */
export interface MeasuredFacts {
  readonly verdict: Verdict;
  /** The same error is an outage just now. */
  readonly isOutage: boolean;
  /** One of the jobs passed on the same commit. */
  readonly hasPassedHere: boolean;
}

export interface AllowedActions {
  readonly retry: boolean;
  readonly workflows: readonly string[];
}

/** Why what a model said is not taken, for people. */
export const objections = {
  broken_for_all: "the same fails on the default branch or everywhere, so neither another attempt nor a change here would help",
  passed_here: "the same commit has passed before, so it is not the change",
  not_allowed: "the settings leave that to people",
  no_workflow: "that is none of the workflows that may be started",
} as const;
export type Objection = keyof typeof objections;

export interface CheckedAnswer {
  readonly action: TriageAction;
  /** For `start_workflow`, one of those that are allowed. */
  readonly script?: string;
  /** 0 to 1; 0 where nothing of the log shows it. */
  readonly confidence: number;
  readonly cause: string;
  readonly evidence: readonly string[];
  /** What it said instead, and why that is not taken. */
  readonly overruled?: { readonly said: TriageAction; readonly why: Objection };
}

interface Against {
  /** What the model was shown of the log. */
  readonly excerpts: readonly string[];
  readonly facts: MeasuredFacts;
  readonly allowed: AllowedActions;
  readonly secrets: readonly string[];
}

/** What remains of a model's answer once it is held against the log, the facts and the settings. Whatever it says, nothing else can come out. */
export function checkAnswer(answer: TriageAnswer, { excerpts, facts, allowed, secrets }: Against): CheckedAnswer {
  const evidence = quotedOf(answer.evidence, excerpts).map((line) => mask(line, secrets));
  const claimed = Number.isFinite(answer.confidence) ? Math.min(Math.max(answer.confidence, 0), 1) : 0;
  const said = triageActions.includes(answer.action) ? answer.action : "ask_person";
  const why = objectionTo(said, answer.workflow, facts, allowed);
  const script = said === "start_workflow" && why === undefined ? (answer.workflow ?? undefined) : undefined;
  return {
    action: why === undefined ? said : "ask_person",
    ...(script !== undefined && { script }),
    confidence: evidence.length === 0 || why !== undefined ? 0 : claimed,
    cause: clipped(mask(inOneLine(answer.cause), secrets), longestCause),
    evidence,
    ...(why !== undefined && { overruled: { said, why } }),
  };
}

function objectionTo(action: TriageAction, script: string | null, facts: MeasuredFacts, allowed: AllowedActions): Objection | undefined {
  const isForAll = facts.isOutage || facts.verdict === "broken_on_main";
  if ((action === "retry" || action === "fix_change") && isForAll) return "broken_for_all";
  if (action === "fix_change" && facts.hasPassedHere) return "passed_here";
  if (action === "retry" && !allowed.retry) return "not_allowed";
  if (action === "start_workflow" && (script === null || !allowed.workflows.includes(script))) return "no_workflow";
  return undefined;
}

/** A model's words on one line, without anything that is not seen. */
export const inOneLine = (text: string): string => text.split(/\r?\n/).map(withoutControls).join(" ").replace(/\s+/g, " ").trim();

/** The lines that really stand there. */
function quotedOf(quotes: readonly string[], excerpts: readonly string[]): readonly string[] {
  const lines = excerpts.flatMap((excerpt) => excerpt.split("\n")).map(inOneLine);
  const found = quotes.flatMap((quote) => {
    const wanted = inOneLine(quote.slice(0, 2 * longestLine));
    return wanted.length >= shortestLine && lines.some((line) => line.includes(wanted)) ? [clipped(wanted, longestLine)] : [];
  });
  return [...new Set(found)].slice(0, mostEvidence);
}
