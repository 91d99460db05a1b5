import type { Place } from "../failures/diagnoses.ts";
import type { Diagnosis } from "../failures/diagnosis.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Transaction } from "../records.ts";
import { change } from "./change.ts";
import { recover } from "./green.ts";
import type { Incident, RunMark } from "./incident.ts";
import { type KeepNeeds, keep } from "./keep.ts";
import { parentOf } from "./parent.ts";
import { open, seenAgain } from "./red.ts";
import { againWithinMs } from "./timings.ts";

/** The same error in so many pull requests within this time is no fault of any of them. */
const pullRequestsNeeded = 3;
const withinMs = 30 * 60_000;

/**
 * A pull request failed, and its diagnosis is stored: with the same error elsewhere it is part of that, and in enough pull requests it is
 * an outage.
 *
 * @returns what it is part of; undefined where it stands alone
 */
export async function failElsewhere(
  tx: Transaction,
  { run, mark, diagnosis }: { readonly run: FinishedRun; readonly mark: RunMark; readonly diagnosis: Diagnosis },
  needs: KeepNeeds,
): Promise<Incident | undefined> {
  const { repository, workflowId } = run;
  const { now, timings } = needs;
  for (const signature of new Set(diagnosis.jobs.flatMap((job) => job.signature ?? []))) {
    const jobs = diagnosis.jobs.filter((job) => job.signature === signature).map(({ name }) => name);
    const parent = await parentOf(tx, repository, [signature]);
    if (parent?.subject.kind === "pipeline") return parent;
    if (parent?.subject.kind === "outage") {
      const seen = seenAgain(parent, { run: mark, jobs, workflowId }, now(), timings);
      await keep(tx, parent, seen, needs);
      return seen.after;
    }
    const key = `outage:${repository.toLowerCase()}:${signature}`;
    const last = await tx.incidents.lastResolvedOf(key);
    const sightings = await tx.diagnoses.sightings(repository, signature, await overSince(tx, repository, signature, now() - withinMs));
    if (new Set(sightings.map(({ place }) => pullRequestOf(place)).filter((one) => one !== undefined)).size < pullRequestsNeeded) continue;
    const { evidence, failedTests, firstError } = diagnosisOf(diagnosis, signature);
    const isAgain = last?.resolved !== undefined && now() - last.resolved.at < againWithinMs;
    const begun = open(
      await tx.incidents.nextNumber(),
      {
        key,
        subject: { kind: "outage", repository, signature, workflowIds: [workflowId] },
        run: mark,
        isUrgent: true,
        jobs: [...new Set([...jobs, ...sightings.map(({ job }) => job)])].toSorted(),
        signatures: [signature],
        evidence,
        ...(failedTests.length > 0 && { failedTests }),
        ...(firstError !== undefined && { firstError }),
        ...(isAgain && { follows: last.number }),
      },
      now(),
      timings,
    );
    await keep(tx, undefined, begun, needs);
    return begun.after;
  }
  return undefined;
}

/** Who was hit before the error was over, on the default branch too, and says so late, begins no other outage. */
async function overSince({ incidents }: Transaction, repository: string, signature: string, since: number): Promise<number> {
  const over = (await incidents.resolvedSince(repository, since)).filter(({ signatures }) => signatures.includes(signature));
  return Math.max(since, ...over.map(({ resolved }) => (resolved?.at ?? 0) + 1));
}

const pullRequestOf = (place: Place): string | undefined => (place.startsWith("branch:") ? undefined : place.slice(place.indexOf(":") + 1));

function diagnosisOf({ jobs, evidence }: Diagnosis, signature: string) {
  const job = jobs.find((one) => one.signature === signature);
  return { evidence, failedTests: job?.failedTests ?? [], firstError: job?.firstError };
}

/** Where the error was seen it passes now. In one place that may be its own fix; on the branch of everybody, or in two places, it is over. */
export async function passElsewhere(
  tx: Transaction,
  {
    run,
    mark,
    place,
    isEverybodys,
  }: { readonly run: FinishedRun; readonly mark: RunMark; readonly place: Place; readonly isEverybodys: boolean },
  needs: KeepNeeds,
): Promise<void> {
  for (const outage of await tx.incidents.open(run.repository)) {
    const { subject, lastRed, greens, openedAt } = outage;
    if (subject.kind !== "outage" || !subject.workflowIds.includes(run.workflowId) || mark.at < lastRed.at) continue;
    const seen = await tx.diagnoses.sightings(run.repository, subject.signature, openedAt - withinMs);
    if (!isEverybodys && !seen.some((sighting) => sighting.place === place)) continue;
    const pullRequest = run.pullRequest;
    const green = { ...mark, ...(pullRequest !== undefined && { pullRequest }) };
    // One that passes twice, or in the merge queue as well, is no other place.
    const others = greens.filter((one) => one.runId !== mark.runId && (pullRequest === undefined || one.pullRequest !== pullRequest));
    const isSame = seen.some(({ headSha }) => headSha === run.headSha);
    if (isEverybodys || others.length > 0) await keep(tx, outage, recover(outage, isSame ? "flake" : "fixed", needs.now(), green), needs);
    else await keep(tx, outage, change(outage, { greens: [green] }, [], needs.now()), needs);
  }
}
