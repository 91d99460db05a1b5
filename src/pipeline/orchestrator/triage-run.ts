import type { Services } from "../../services.ts";
import type { DecideFixNeeds } from "../failures/decide-fix.ts";
import type { FixDecision } from "../failures/fix-words.ts";
import { placeOf } from "../failures/place-of.ts";
import type { KeepNeeds } from "../incidents/keep.ts";
import { noteTriage } from "../incidents/note-fixes.ts";
import { followedAmong } from "../incidents/pipeline-of.ts";
import { notePullTriage, showsCosts } from "../incidents/pulls/on-pull-run.ts";
import type { Job } from "../queue.ts";
import { type AskClaudeNeeds, askClaude, type OpenFailure } from "./ask-claude.ts";
import { type AskDesignNeeds, askDesign } from "./ask-design.ts";
import type { Decision } from "./decision.ts";
import { fixOfDecision } from "./fix-of-decision.ts";
import { openJobs } from "./open-jobs.ts";
import { recordDecision, runOfDecision, unitOf } from "./record.ts";
import type { TriageJobPayload } from "./triage-job.ts";

/** After this many attempts what cannot be had is done without. */
const patientAttempts = 4;

export type TriageRunNeeds = AskClaudeNeeds & AskDesignNeeds & DecideFixNeeds & KeepNeeds & Pick<Services, "followed" | "internalsOn">;

/**
 * Has a failure decided that no known issue decides: Claude first, then the design channel where it is hard. What is decided is stored before
 * anything is done about it, so that nobody is asked twice, whatever crashes.
 */
export function createTriageRun(services: TriageRunNeeds): (job: Job) => Promise<void> {
  const { records, followed, runs } = services;
  return async ({ payload, attempt }) => {
    const { run, key } = payload as unknown as TriageJobPayload;
    const rules = followedAmong(followed, run.repository)?.triage;
    const diagnosis = await records.transaction(({ diagnoses }) => diagnoses.ofRun(run.repository, run.runId, run.attempt));
    if (!rules || !diagnosis) return;
    const failure: OpenFailure = { run, diagnosis, jobs: openJobs(diagnosis), rules };
    const stored = await storedOf(failure, services);
    // What runs again already, or is over, is nothing to pay for.
    const isPassed =
      stored.length === 0 && rules.mode !== "off" && ((await runs.find(run.repository, run.runId))?.attempt ?? 0) > run.attempt;
    if (isPassed) return;
    const decisions = stored.length > 0 ? stored : await decide(failure, services, attempt > patientAttempts);

    const fixes: FixDecision[] = [];
    for (const decision of decisions) {
      const fix = await fixOfDecision(decision, failure, services, showsCosts(run, services.internalsOn));
      if (fix?.kind === "began") await records.transaction((tx) => tx.decisions.carryOut(decision.id));
      if (fix) fixes.push(fix);
    }
    if (fixes.length === 0) return;
    await records.transaction(async (tx) => {
      if (key !== undefined) await noteTriage(tx, key, run, fixes, services);
      await notePullTriage(tx, run, fixes);
    });
  };
}

/** What was decided before we died. */
async function storedOf({ run }: OpenFailure, { records }: TriageRunNeeds): Promise<readonly Decision[]> {
  const unit = unitOf(runOfDecision(run, placeOf(run)), "open");
  return records.transaction(async ({ decisions }) => {
    const found = await Promise.all(["claude", "person", "o3"].map((stage) => decisions.find(`${unit}:${stage}`)));
    return found.filter((one) => one !== undefined);
  });
}

async function decide(failure: OpenFailure, services: TriageRunNeeds, isLastTry: boolean): Promise<readonly Decision[]> {
  const { records, now } = services;
  const first = await askClaude(failure, services, isLastTry);
  await records.transaction((tx) => recordDecision(tx, { ...first, at: now() }));
  if (failure.rules.mode === "off") return [first];
  const advice = await askDesign(failure, first, services);
  if (!advice) return [first];
  await records.transaction((tx) => recordDecision(tx, advice));
  return [first, advice];
}
