import type { Services } from "../../services.ts";
import type { AskNeeds } from "../ai/ask.ts";
import { promptName } from "../ai/prompt.ts";
import type { Diagnosis, FailedJob } from "../failures/diagnosis.ts";
import { placeOf } from "../failures/place-of.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { answerOf } from "./answer-of.ts";
import { type CheckedAnswer, checkAnswer, type MeasuredFacts } from "./check-answer.ts";
import type { Decision, StoredDecision } from "./decision.ts";
import { decidedBefore } from "./join.ts";
import { keyOfFailure, signaturesOf } from "./open-jobs.ts";
import { runOfDecision, unitOf } from "./record.ts";
import type { TriageAnswer } from "./triage.ts";
import { type InputNeeds, triageInput } from "./triage-input.ts";
import type { TriageRules } from "./triage-rules.ts";

export type AskClaudeNeeds = AskNeeds & InputNeeds & Pick<Services, "prompts">;

export interface OpenFailure {
  readonly run: FinishedRun;
  readonly diagnosis: Diagnosis;
  /** Those that no known issue decides about. */
  readonly jobs: readonly FailedJob[];
  readonly rules: TriageRules;
}

/**
 * What Claude decides about a failure, or why nobody does; nothing is stored. Where the same failure was decided a moment ago nobody is asked.
 *
 * @throws ServiceError when it is worth trying again, unless it is the last try
 */
export async function askClaude(failure: OpenFailure, services: AskClaudeNeeds, isLastTry: boolean): Promise<Decision> {
  const { run, diagnosis, jobs, rules } = failure;
  const base = baseOf(failure, services.now());
  if (rules.mode === "off") return byPerson(base);
  if (jobs.length === 0) return byPerson(base, { failure: "No failed job was found that could be looked into." });
  const { before, facts } = await services.records.transaction(async (tx) => ({
    before: await decidedBefore({ ...base, now: services.now() }, tx),
    facts: measured(failure, await tx.incidents.open(run.repository)),
  }));
  const { toJoin, history } = before;
  if (toJoin) return joined(base, toJoin, failure, facts, services);

  const { workflows } = rules;
  const input = await triageInput({ run, diagnosis, jobs, workflows, before: history }, services, isLastTry);
  if (!input) return byPerson(base, { failure: "No log of it could be read, so no model was asked." });
  const prompt = services.prompts.triage(input);
  const { repository, runId, attempt, headSha, pullRequest } = run;
  const about = { repository, runId, attempt, headSha, ...(pullRequest !== undefined && { pullRequest }) };
  const answer = await answerOf(prompt, { id: base.unit, channel: "claude", ...about }, services, isLastTry);
  const { costPico } = answer;
  if (answer.kind === "none") {
    const { sentence, wasAsked, model } = answer;
    const asked = wasAsked ? { prompt: promptName(prompt), costPico, ...(model !== undefined && { model }) } : {};
    return byPerson(base, { failure: sentence, ...asked });
  }
  const excerpts = input.jobs.map(({ excerpt }) => excerpt);
  const checked = checkAnswer(answer.value, { excerpts, facts, allowed: rules, secrets: services.secrets });
  return toDecision(base, checked, rules, { by: answer.by, model: answer.model, prompt: promptName(prompt), costPico });
}

type Base = Omit<Decision, "id" | "stage" | "action" | "confidence" | "isSure" | "cause" | "evidence" | "by">;

function baseOf({ run, diagnosis, jobs, rules }: OpenFailure, at: number): Base {
  const of = runOfDecision(run, placeOf(run));
  return {
    ...of,
    unit: unitOf(of, "open"),
    at,
    jobs: jobs.map(({ name }) => name),
    key: keyOfFailure(jobs, run),
    signatures: signaturesOf(jobs),
    verdict: diagnosis.verdict,
    mode: rules.mode,
    isCarriedOut: false,
  };
}

type OutageLike = { readonly subject: { readonly kind: string }; readonly signatures: readonly string[] };

const measured = ({ diagnosis, jobs }: OpenFailure, open: readonly OutageLike[]): MeasuredFacts => ({
  verdict: diagnosis.verdict,
  isOutage: open.some(
    ({ subject, signatures }) =>
      subject.kind === "outage" && jobs.some(({ signature }) => signature !== undefined && signatures.includes(signature)),
  ),
  hasPassedHere: jobs.some(({ passedHere }) => passedHere === true),
});

/** A person has to look, and is told why nobody else did. */
const byPerson = (base: Base, more: Partial<Decision> = {}): Decision => ({
  ...base,
  id: `${base.unit}:person`,
  stage: "person",
  action: "ask_person",
  confidence: 0,
  isSure: false,
  cause: "",
  evidence: [],
  by: "",
  ...more,
});

function toDecision(
  base: Base,
  checked: CheckedAnswer,
  rules: TriageRules,
  by: Pick<Decision, "by" | "model" | "prompt" | "costPico">,
): Decision {
  const { overruled, ...said } = checked;
  return {
    ...base,
    ...said,
    ...by,
    id: `${base.unit}:claude`,
    stage: "claude",
    isSure: said.action !== "ask_person" && said.confidence >= rules.minConfidence,
    ...(overruled && { said: overruled.said, overruledBecause: overruled.why }),
  };
}

/** The same words, held against what is known of this failure. */
function joined(base: Base, toJoin: StoredDecision, { rules }: OpenFailure, facts: MeasuredFacts, { secrets }: AskClaudeNeeds): Decision {
  const { id: joins, action, script = null, confidence, cause, evidence, by, model, prompt, failure } = toJoin;
  const answered = { by, ...(model !== undefined && { model }), ...(prompt !== undefined && { prompt }), joins };
  if (failure !== undefined) return byPerson(base, { failure, ...answered });
  const answer: TriageAnswer = { action, workflow: script, confidence, cause, evidence };
  return { ...toDecision(base, checkAnswer(answer, { excerpts: evidence, facts, allowed: rules, secrets }), rules, answered), joins };
}
