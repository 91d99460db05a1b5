import type { Evidence, Verdict } from "./diagnosis.ts";
import type { FailureFacts, JobFacts } from "./facts.ts";
import { mayBeTheMachine } from "./infrastructure.ts";
import { kinds } from "./kinds.ts";
import { byCommit, hasFailed, hasPassed } from "./results.ts";
import { seenElsewhere } from "./seen-elsewhere.ts";
import { at, failedOnMain } from "./words.ts";

const mostEvidence = 8;
/** Fewer results on the default branch say too little of a job. */
const fewestPasses = 3;

type NotYours = keyof typeof kinds;
const notYours = Object.keys(kinds) as readonly NotYours[];

interface Judged {
  readonly job: JobFacts;
  /** Every kind that fits, with its reasons. */
  readonly reasons: ReadonlyMap<NotYours, readonly Evidence[]>;
  readonly yours: readonly Evidence[] | undefined;
}

/**
 * Why a run failed. "Not yours" is said only where every failed job has the same reason for it, and "yours" where nothing speaks against it;
 * of everything else the evidence is shown and nothing is claimed.
 */
export function verdictOf(facts: FailureFacts): { readonly verdict: Verdict; readonly evidence: readonly Evidence[] } {
  const judged = facts.jobs.map((job) => judge(job, facts));
  const verdict = combine(judged);
  const decisive = judged.flatMap(({ reasons, yours }) => (verdict === "yours" ? (yours ?? []) : (reasons.get(verdict as NotYours) ?? [])));
  const evidence = [...decisive, ...facts.jobs.flatMap((job) => background(job, facts))];
  const once = [...new Map(evidence.map((one) => [one.text, one])).values()];
  return { verdict, evidence: once.slice(0, mostEvidence) };
}

function judge(job: JobFacts, facts: FailureFacts): Judged {
  const reasons = new Map<NotYours, readonly Evidence[]>();
  for (const kind of notYours) {
    const evidence = kinds[kind](job, facts);
    if (evidence) reasons.set(kind, evidence);
  }
  return { job, reasons, yours: reasons.size === 0 ? whyYours(job, facts) : undefined };
}

function combine(judged: readonly Judged[]): Verdict {
  if (judged.some(({ yours }) => yours)) return "yours";
  if (judged.length === 0) return "unknown";
  return notYours.find((kind) => judged.every(({ reasons }) => reasons.has(kind))) ?? "unknown";
}

/** It was fine wherever the change is not, and it is in the code. */
function whyYours(job: JobFacts, { of, branch }: FailureFacts): readonly Evidence[] | undefined {
  const { onMain = [], atMergeBase = [], firstError, signature, failedTests, elsewhere, known } = job;
  if (of !== "pull_request" || known || elsewhere.length > 0) return undefined;
  if (signature === undefined && failedTests.length === 0) return undefined;
  if (firstError !== undefined && mayBeTheMachine(firstError)) return undefined;
  if (atMergeBase.length === 0 || !atMergeBase.every(hasPassed)) return undefined;
  if (byCommit(onMain).length < fewestPasses || onMain.some(hasFailed)) return undefined;
  const [newest] = onMain;
  const [base] = atMergeBase;
  return [
    ...(newest ? [{ text: `${job.name} passed on ${at(branch, newest)}`, url: newest.url }] : []),
    ...(base && base.headSha !== newest?.headSha
      ? [{ text: `${job.name} passed at ${at("", base)}, where it branched off`, url: base.url }]
      : []),
  ];
}

/** What one may want to know whatever the verdict is. */
function background(job: JobFacts, { branch, now }: FailureFacts): readonly Evidence[] {
  const { name, onMain, elsewhere, known } = job;
  if (!onMain) return [{ text: `How ${name} did on ${branch} could not be read` }, ...seenElsewhere(elsewhere, now)];
  const failed = onMain.filter(hasFailed);
  const rate = failedOnMain({ name, onMain: { failed: failed.length, of: onMain.length, branch } });
  const newest = byCommit(onMain)[0]?.at(-1);
  return [
    ...(known ? [{ text: `Known issue ${known.id}: ${known.description}` }] : []),
    ...(rate === undefined ? [] : [{ text: rate, ...(failed[0] && { url: failed[0].url }) }]),
    ...seenElsewhere(elsewhere, now),
    ...(newest && hasPassed(newest) ? [{ text: `${name} passed on ${at(branch, newest)}`, url: newest.url }] : []),
    ...(onMain.length === 0 ? [{ text: `I know of no earlier run of ${name} on ${branch}` }] : []),
  ];
}
