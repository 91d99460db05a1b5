import type { Services } from "../../services.ts";
import type { AskNeeds } from "../ai/ask.ts";
import { promptName } from "../ai/prompt.ts";
import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import type { Transaction } from "../records.ts";
import { answerOf } from "./answer-of.ts";
import type { OpenFailure } from "./ask-claude.ts";
import { inOneLine } from "./check-answer.ts";
import type { Decision, StoredDecision } from "./decision.ts";
import { actionWords } from "./decision-words.ts";
import { wasRight } from "./was-right.ts";

export type AskDesignNeeds = AskNeeds & Pick<Services, "prompts" | "designLimits">;

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** A design is good for so long; then the code is another one. */
const goodForMs = 7 * dayMs;
const mostLookedAt = 100;
const longestAdvice = 600;

/**
 * What a stronger model advises where the same failure keeps coming, is new, and Claude is unsure of it or was wrong; undefined where it is
 * not that hard, or nobody may be asked now. A person decides about it; the same failure is asked about once a week.
 *
 * @throws ServiceError when the database fails
 */
export async function askDesign(failure: OpenFailure, decided: Decision, services: AskDesignNeeds): Promise<Decision | undefined> {
  const { records, channels, now } = services;
  const at = now();
  const id = `${decided.unit}:o3`;
  const seen = await records.transaction(async (tx) => {
    const times = await timesSeen(decided, tx);
    const before = await tx.decisions.ofKey(decided.repository, decided.key, at - goodForMs, mostLookedAt);
    return { times, before, isWithinLimits: await isWithinLimits(tx, services) };
  });
  if (!isHard(failure, decided, seen)) return undefined;
  const advice = {
    ...decided,
    id,
    at,
    stage: "o3",
    action: "ask_person",
    confidence: 0,
    isSure: false,
    isCarriedOut: false,
    evidence: [],
  } as const;
  const { script: _, said: __, overruledBecause: ___, costPico: ____, joins: _____, failure: ______, ...base } = advice as Decision;
  const earlier = seen.before.find(({ stage, joins }) => stage === "o3" && joins === undefined);
  if (earlier) {
    const { cause, by, model, prompt } = earlier;
    return { ...base, cause, by, ...(model !== undefined && { model }), ...(prompt !== undefined && { prompt }), joins: earlier.id };
  }
  if (!channels.of("o3") || !seen.isWithinLimits) return undefined;

  const { repository, runId, attempt, headSha, pullRequest } = failure.run;
  const about = { repository, runId, attempt, headSha, ...(pullRequest !== undefined && { pullRequest }) };
  const prompt = services.prompts.design(questionOf(failure, decided, seen.times, services.secrets));
  const asked = await answerOf(prompt, { id, channel: "o3", ...about }, services, true);
  if (asked.kind === "none") return undefined;
  const { recommendation } = asked.value;
  const cause = clipped(mask(inOneLine(recommendation), services.secrets), longestAdvice);
  return { ...base, cause, by: asked.by, model: asked.model, prompt: promptName(prompt), costPico: asked.costPico };
}

interface Seen {
  readonly times: number;
  readonly before: readonly StoredDecision[];
}

function isHard({ jobs, rules }: OpenFailure, decided: Decision, { times, before }: Seen): boolean {
  const { designAfter } = rules;
  if (designAfter === 0 || times <= designAfter || jobs.some(({ known }) => known !== undefined)) return false;
  return !decided.isSure || before.some((one) => one.stage === "claude" && wasRight(one) === false);
}

/** In how many runs it was seen, this one among them. */
async function timesSeen({ repository, signatures, at }: Decision, { diagnoses }: Transaction): Promise<number> {
  const [signature] = signatures;
  if (signature === undefined) return 0;
  const seen = await diagnoses.sightings(repository, signature, at - 4 * goodForMs);
  return new Set(seen.map(({ runId }) => runId)).size;
}

/** The limits are for all designs, whoever asks for them. */
async function isWithinLimits({ asks }: Transaction, { designLimits, now }: AskDesignNeeds): Promise<boolean> {
  const { perDay, perHour, cooldownMs } = designLimits;
  const found = await asks.list({ purpose: "design", since: now() - dayMs }, mostLookedAt + perDay);
  const asked = found.filter(({ end }) => end?.outcome !== "refused" && end?.isCached !== true);
  const within = (ms: number) => asked.filter(({ at }) => at > now() - ms).length;
  return asked.length < perDay && within(hourMs) < perHour && within(cooldownMs) === 0;
}

function questionOf({ run, diagnosis, jobs }: OpenFailure, decided: Decision, times: number, secrets: readonly string[]) {
  const error = jobs.find(({ firstError }) => firstError !== undefined)?.firstError;
  const tests = jobs.flatMap(({ failedTests }) => failedTests);
  const context = [
    `Jobs that failed: ${decided.jobs.join(", ")} of the workflow ${run.workflow}.`,
    ...(tests.length > 0 ? [`Failed tests: ${tests.join(", ")}.`] : []),
    ...diagnosis.evidence.map(({ text }) => text),
    decided.cause === "" ? "A first look came to nothing." : `A first look came to “${actionWords(decided)}”, but unsure: ${decided.cause}`,
  ].join("\n");
  return {
    question: `The same failure came ${times} times in CI and nobody could explain it. What is its likely cause, and what should be done so that it does not come again?`,
    ...(error !== undefined && { error }),
    context: clipped(mask(context, secrets), 4_000),
  };
}
