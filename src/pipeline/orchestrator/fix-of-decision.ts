import { type AllowedFixes, countAttempt, type DecideFixNeeds, decideFix } from "../failures/decide-fix.ts";
import { type FixWish, triageIssue } from "../failures/fix-wish.ts";
import type { FixDecision } from "../failures/fix-words.ts";
import { showUsd } from "../usage/money.ts";
import type { OpenFailure } from "./ask-claude.ts";
import { objections } from "./check-answer.ts";
import type { Decision } from "./decision.ts";
import { actionWords, sureWords } from "./decision-words.ts";
import type { TriageAction } from "./triage.ts";

/**
 * What is shown beside the failure of a decision, once what it allows is begun; undefined where there is nothing to say. Asking again changes
 * nothing.
 *
 * @throws ServiceError when GitHub cannot be asked
 */
export async function fixOfDecision(
  decision: Decision,
  failure: OpenFailure,
  services: DecideFixNeeds,
  showsCosts: boolean,
): Promise<FixDecision | undefined> {
  const { stage, mode, cause } = decision;
  if (mode === "off") return undefined;
  const shown = { by: "triage", ...sourceOf(decision, showsCosts) } as const;
  if (decision.failure !== undefined) return { kind: "undecided", text: `No triage of it: ${decision.failure}`, ...shown };
  if (stage === "o3")
    return { kind: "suggested", text: `It keeps coming and is new. What ${decision.by} advises: ${ended(cause)}`, ...shown };
  const wish = wishOf(decision, failure);
  const quoted = decision.evidence.length > 0 ? { quoted: decision.evidence } : {};
  if (!wish) return { kind: "suggested", text: adviceWords(decision), ...shown, ...quoted };
  await countAttempt(failure.run, services);
  const { retry, workflows } = failure.rules;
  const allowed: AllowedFixes = { mode, retry, workflows };
  return { ...(await decideFix(wish, failure.run, failure.diagnosis, allowed, services)), ...shown, ...quoted };
}

function wishOf(decision: Decision, { jobs }: OpenFailure): FixWish | undefined {
  const { action, script = "", isSure } = decision;
  if (action !== "retry" && action !== "start_workflow") return undefined;
  return {
    type: action === "retry" ? "retry" : "workflow",
    script,
    isSure,
    because: becauseOf(decision),
    jobs: jobs.map(({ jobId, name }) => ({ jobId, name, issue: triageIssue })),
  };
}

/** `the mirror was away, says Claude Code, 86 % sure` */
const becauseOf = ({ cause, by, confidence }: Decision): string =>
  `${cause === "" ? "" : `${cause.replace(/[.!]+$/, "")}, `}says ${by}, ${sureWords(confidence)} sure`;

const advice: Readonly<Record<Exclude<TriageAction, "retry" | "start_workflow">, string>> = {
  fix_change: "The change is at fault",
  wait: "Waiting helps, and a change here does not",
  ask_person: "Somebody has to look",
};

function adviceWords(decision: Decision): string {
  const { said, overruledBecause, by, action } = decision;
  const what = advice[action as keyof typeof advice];
  if (said === undefined || overruledBecause === undefined) return `${what}: ${becauseOf(decision)}.`;
  const cause = decision.cause === "" ? "" : ` It thinks: ${ended(decision.cause)}`;
  return `${what}: ${by} would ${actionWords({ action: said })}, but ${objections[overruledBecause]}.${cause}`;
}

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

function sourceOf({ model, costPico, joins }: Decision, showsCosts: boolean): { readonly source?: string } {
  if (model === undefined) return {};
  const cost = joins !== undefined ? ["asked once for all of them"] : showsCosts && costPico !== undefined ? [showUsd(costPico)] : [];
  return { source: [model, ...cost].join(", ") };
}
