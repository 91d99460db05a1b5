import type { Diagnosis } from "../failures/diagnosis.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Transaction } from "../records.ts";
import type { Concerned, Incident, RunMark } from "./incident.ts";
import { type KeepNeeds, keep } from "./keep.ts";
import { heard, orderOf, wasHeard } from "./order.ts";
import { parentOf } from "./parent.ts";
import { keyOf, type PipelineSubject } from "./pipeline-of.ts";
import { failAgain, open, type Red } from "./red.ts";
import { putStanding, standingOf } from "./standing.ts";
import { againWithinMs } from "./timings.ts";

export interface Failed {
  readonly run: FinishedRun;
  readonly mark: RunMark;
  readonly subject: PipelineSubject;
  readonly diagnosis: Diagnosis;
  readonly concerned: readonly Concerned[];
}

/** A run of a pipeline failed: an incident begins or goes on. What is heard twice, or late, begins none. */
export async function failPipeline(tx: Transaction, { run, mark, subject, diagnosis, concerned }: Failed, needs: KeepNeeds): Promise<void> {
  const { now, timings } = needs;
  const key = keyOf(subject);
  const standing = await standingOf(key, tx);
  if (wasHeard(standing, mark)) return;
  await putStanding(key, heard(standing, mark, true), tx);

  const before = await tx.incidents.openOf(key);
  const red: Red = { key, subject, run: mark, isUrgent: subject.trigger === "branch", ...whyOf(diagnosis) };
  if (before) {
    const hasOwnError = await isAnotherError(tx, before, red);
    return keep(tx, before, failAgain(before, red, now(), timings, { hasOwnError }), needs);
  }
  if (standing && orderOf(mark, standing.newest) < 0) return;

  const parent = await parentOf(tx, run.repository, red.signatures);
  const last = await tx.incidents.lastResolvedOf(key);
  const isAgain = last?.resolved !== undefined && now() - last.resolved.at < againWithinMs;
  const begun = {
    ...red,
    concerned,
    ...(standing?.green && { greenBefore: standing.green }),
    ...(parent && { outage: parent.number }),
    ...(isAgain && { follows: last.number }),
  };
  await keep(tx, undefined, open(await tx.incidents.nextNumber(), begun, now(), timings), needs);
}

/** It was part of something, and what fails in it now is something else: nobody would be called for that. */
async function isAnotherError({ incidents }: Transaction, { outage, lastRed }: Incident, { run, signatures }: Red): Promise<boolean> {
  if (outage === undefined || signatures.length === 0 || orderOf(run, lastRed) < 0) return false;
  const parent = await incidents.find(outage);
  return parent !== undefined && !parent.signatures.some((signature) => signatures.includes(signature));
}

/** Why it failed, as an incident keeps it. */
function whyOf({ jobs, otherJobs = [], verdict, evidence }: Diagnosis): Pick<Incident, "jobs" | "signatures"> & Partial<Incident> {
  const first = jobs.find(({ firstError }) => firstError !== undefined)?.firstError;
  const known = jobs.find((job) => job.known)?.known;
  const failedTests = [...new Set(jobs.flatMap((job) => job.failedTests))];
  return {
    jobs: [...new Set([...jobs.map(({ name }) => name), ...otherJobs])].toSorted(),
    signatures: signaturesOf({ jobs }),
    verdict,
    evidence,
    ...(first !== undefined && { firstError: first }),
    ...(failedTests.length > 0 && { failedTests }),
    ...(known && { known: { id: known.id, description: known.description, references: known.references } }),
  };
}

const signaturesOf = ({ jobs }: Pick<Diagnosis, "jobs">): readonly string[] => [
  ...new Set(jobs.flatMap(({ signature }) => (signature === undefined ? [] : [signature]))),
];
