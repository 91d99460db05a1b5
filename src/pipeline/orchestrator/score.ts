import type { PicoUsd } from "../usage/money.ts";
import { type Stage, type StoredDecision, stages } from "./decision.ts";
import { wasRight, wouldRetryBeRight } from "./was-right.ts";

/** How many of those whose end is known were right. */
export interface Rightness {
  readonly right: number;
  readonly known: number;
}

export interface StageScore extends Rightness {
  readonly stage: Stage;
  /** Failures that it decided. */
  readonly decided: number;
  readonly carriedOut: number;
}

export interface Bin extends Rightness {
  /** Claims from here on, and below `to`. */
  readonly from: number;
  readonly to: number;
  /** The mean of what was claimed. */
  readonly claimed: number;
}

export interface ModelScore extends Rightness {
  readonly model: string;
  /** Failures that it was asked about, and those that it could not answer. */
  readonly asked: number;
  readonly failed: number;
  readonly costPico: PicoUsd;
}

export interface Score {
  /** Failures: parts of attempts that were decided about by themselves. */
  readonly failures: number;
  readonly byStage: readonly StageScore[];
  /** Failures that nobody had to look at to know what to do. */
  readonly withoutPerson: number;
  /** Of those, and of "always retry once" on the same ones. */
  readonly decided: Rightness;
  readonly baseline: Rightness;
  readonly calibration: readonly Bin[];
  readonly models: readonly ModelScore[];
  readonly costPico: PicoUsd;
}

/** How decisions turned out. */
export function scoreOf(decisions: readonly StoredDecision[]): Score {
  const finals = [...Map.groupBy(decisions, ({ unit }) => unit).values()].map(last);
  const decided = finals.filter(({ isSure }) => isSure);
  return {
    failures: finals.length,
    byStage: stages.map((stage) => stageScore(stage, finals)),
    withoutPerson: decided.length,
    decided: rightness(decided.map(wasRight)),
    baseline: rightness(decided.map(wouldRetryBeRight).filter((_, index) => wasRight(decided[index] as StoredDecision) !== undefined)),
    calibration: calibrationOf(decisions),
    models: modelsOf(decisions),
    costPico: costOf(decisions),
  };
}

/** The stage that had the last word about a failure. */
const last = (decisions: readonly StoredDecision[]): StoredDecision =>
  decisions.toSorted((one, other) => stages.indexOf(other.stage) - stages.indexOf(one.stage))[0] as StoredDecision;

/** What was not sure is a person's, unless the design channel gave advice. */
const decidedBy = ({ stage, isSure }: StoredDecision): Stage => (isSure || stage === "o3" ? stage : "person");

function stageScore(stage: Stage, finals: readonly StoredDecision[]): StageScore {
  const own = finals.filter((one) => decidedBy(one) === stage);
  return { stage, decided: own.length, carriedOut: own.filter(({ isCarriedOut }) => isCarriedOut).length, ...rightness(own.map(wasRight)) };
}

function rightness(verdicts: readonly (boolean | undefined)[]): Rightness {
  const known = verdicts.filter((isRight) => isRight !== undefined);
  return { right: known.filter(Boolean).length, known: known.length };
}

const bounds = [0, 0.5, 0.7, 0.8, 0.9, 1.01] as const;

/** Whether what was claimed to be so likely really is. */
function calibrationOf(decisions: readonly StoredDecision[]): readonly Bin[] {
  const claims = decisions.filter((one) => one.stage === "claude" && one.confidence > 0 && wasRight(one) !== undefined);
  return bounds.slice(0, -1).flatMap((from, index) => {
    const to = bounds[index + 1] as number;
    const own = claims.filter(({ confidence }) => confidence >= from && confidence < to);
    if (own.length === 0) return [];
    const claimed = own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length;
    return [{ from, to: Math.min(to, 1), claimed, ...rightness(own.map(wasRight)) }];
  });
}

/** What was taken over from another failure was not asked. */
function modelsOf(decisions: readonly StoredDecision[]): readonly ModelScore[] {
  const asked = decisions.filter(({ model, joins }) => model !== undefined && joins === undefined);
  return [...Map.groupBy(asked, ({ model }) => model ?? "")].map(([model, own]) => ({
    model,
    asked: own.length,
    failed: own.filter(({ failure }) => failure !== undefined).length,
    costPico: costOf(own),
    ...rightness(own.map(wasRight)),
  }));
}

const costOf = (decisions: readonly StoredDecision[]): PicoUsd => decisions.reduce<PicoUsd>((sum, { costPico = 0n }) => sum + costPico, 0n);

/** Where the true share of right ones lies, in 19 of 20 cases (Wilson's interval). */
export function intervalOf({ right, known }: Rightness): { readonly from: number; readonly to: number } | undefined {
  if (known === 0) return undefined;
  const z = 1.96;
  const share = right / known;
  const scale = 1 + z ** 2 / known;
  const middle = (share + z ** 2 / (2 * known)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / known + z ** 2 / (4 * known ** 2));
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
