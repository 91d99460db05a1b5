import type { Decision, StoredDecision } from "./decision.ts";
import type { TriageAction } from "./triage.ts";
import { wasRight } from "./was-right.ts";

const verbs: Readonly<Record<TriageAction, string>> = {
  retry: "retry it",
  fix_change: "have its author change it",
  wait: "wait",
  start_workflow: "start a workflow",
  ask_person: "ask a person",
};

/** `retry it`, `start clear.yml` */
export const actionWords = ({ action, script }: Pick<Decision, "action" | "script">): string =>
  script === undefined ? verbs[action] : `start ${script}`;

/** `0.86` as `86 %` */
export const sureWords = (confidence: number): string => `${Math.round(confidence * 100)} %`;

const stageWords = ({ stage, by }: Pick<Decision, "stage" | "by">): string =>
  ({ known_issue: `Known issue ${by}`, claude: by, o3: by, person: "Nobody" })[stage];

/** One sentence, without what is shown beside it. */
export function decidedWords(decision: Decision): string {
  const { cause, confidence, stage } = decision;
  const sure = stage === "o3" || stage === "person" ? "" : ` (${sureWords(confidence)} sure)`;
  return `${stageWords(decision)} would ${actionWords(decision)}${sure}${cause === "" ? "" : `: ${cause}`}`;
}

const truths = {
  flake: "the same commit passed",
  fixed: "a newer commit passed",
  main_recovered: "the default branch passes again",
  unknown: "nobody saw what became of it",
} as const;

/** `flake: the same commit passed, so “retry it” by claude was right` */
export function truthWords(decision: StoredDecision): string {
  const { truth = "unknown", stage } = decision;
  const isRight = wasRight(decision);
  const so = isRight === undefined ? "" : `, so “${actionWords(decision)}” by ${stage} was ${isRight ? "right" : "wrong"}`;
  return `${truth}: ${truths[truth]}${so}`;
}
