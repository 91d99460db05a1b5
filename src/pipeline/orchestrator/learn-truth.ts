import type { Services } from "../../services.ts";
import { orNothing } from "../failures/look-into.ts";
import { placeOf } from "../failures/place-of.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Records, Transaction } from "../records.ts";
import type { StoredDecision } from "./decision.ts";
import { recordLearnt } from "./record.ts";
import { learntFrom, needsJobs } from "./truth-of.ts";

/** A failure of which nothing was seen for so long has an unknown end. */
const waitForMs = 7 * 24 * 60 * 60_000;
/** The default branch may have failed so some time before. */
const mainBeforeMs = 24 * 60 * 60_000;
const mostOpen = 500;
const mostExpired = 100;

type Needs = Pick<Services, "runs" | "now"> & { readonly records: Records };

/**
 * Learns from a run that has ended what became of earlier failures. Where no decision waits for it GitHub is not asked.
 *
 * @throws ServiceError when GitHub cannot be asked
 */
export async function learnTruth(run: FinishedRun, { records, runs, now }: Needs): Promise<void> {
  const { repository, runId, attempt } = run;
  const found = await records.transaction(({ decisions }) => waiting(run, decisions));
  if (found.length === 0) return;
  const jobs = found.some((decision) => needsJobs(decision, run))
    ? await orNothing(() => runs.jobs(repository, runId, attempt), false)
    : [];
  await records.transaction(async (tx) => {
    const fresh = await waiting(run, tx.decisions);
    for (const decision of fresh) {
      // Somebody deleted the run, or took the App off the repository.
      if (!jobs && needsJobs(decision, run)) continue;
      const learnt = learntFrom(decision, { run, jobs: jobs ?? [], hadMain: await hadMain(decision, run, tx) });
      if (learnt) await recordLearnt(tx, decision, learnt, now());
    }
  });
}

/** Those that are open, and those of the commit itself, whose truth may have been told too early. */
async function waiting(
  { repository, workflowId, headSha, conclusion }: FinishedRun,
  decisions: Transaction["decisions"],
): Promise<readonly StoredDecision[]> {
  // One that failed says nothing of other commits.
  const open = conclusion === "success" ? await decisions.open(repository, workflowId, mostOpen) : [];
  const told = await decisions.ofCommit(repository, headSha);
  return [...new Map([...open, ...told].map((one) => [one.id, one])).values()];
}

async function hadMain(decision: StoredDecision, run: FinishedRun, { diagnoses }: Transaction): Promise<boolean> {
  const main = `branch:${run.defaultBranch}` as const;
  if (run.conclusion !== "success" || placeOf(run) !== main || decision.place === main) return false;
  for (const signature of decision.signatures) {
    const seen = await diagnoses.sightings(decision.repository, signature, decision.at - mainBeforeMs);
    if (seen.some(({ place, runId, headSha }) => place === main && runId < run.runId && headSha !== run.headSha)) return true;
  }
  return false;
}

/** Gives up on failures whose end nobody saw. */
export async function forgetTruths(tx: Pick<Transaction, "decisions" | "audit">, now: number): Promise<void> {
  for (const decision of await tx.decisions.openSince(now - waitForMs, mostExpired))
    await recordLearnt(tx, decision, { ...(decision.again && { again: decision.again }), truth: "unknown" }, now);
}
