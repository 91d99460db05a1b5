import type { Services } from "../../../services.ts";
import type { Diagnosis } from "../../failures/diagnosis.ts";
import { putSticky } from "../../failures/sticky.ts";
import type { Job } from "../../queue.ts";
import type { Transaction } from "../../records.ts";
import { flakeLines } from "../../runner-minutes/flake-cost.ts";
import { wholeCost } from "../../runner-minutes/whole-cost.ts";
import type { Incident, Transition, TransitionKind } from "../incident.ts";
import { togetherMs } from "../show.ts";
import { describePull, type Found } from "./describe-pull.ts";
import { join, membersOf, partsAmong } from "./part-of.ts";
import { findPull, type PullFailures, type PullRun, putPull, standingOf } from "./pull-failures.ts";

/** The task of the job that shows on pull requests what became of the incident that they are part of. */
export const showPullTask = "show-pull";

/** The task of the job that shows once more what a pull request cost. */
export const showCostsTask = "show-pull-costs";

/** A run's end may be told before the last of its jobs is written down. */
const costsLateMs = 15_000;

/** What is to be seen there: that it is none of theirs, whose it is, and that it is over. */
const shownKinds: readonly TransitionKind[] = ["opened", "reopened", "acknowledged", "unacknowledged", "recovered"];

/** An outage speaks for failures that were told before it. */
const beforeMs = 30 * 60_000;

/** Something became of an incident: its pull requests show it, at once after a click, else together with what else happens. */
export async function tellPulls(tx: Transaction, incident: Incident, transitions: readonly Transition[], now: number): Promise<void> {
  const { number, subject, version } = incident;
  if (!transitions.some(({ kind }) => shownKinds.includes(kind))) return;
  if (subject.kind !== "outage" && (await membersOf(tx, number)).length === 0) return;
  const slot = Math.floor(now / togetherMs) + 1;
  const isClick = transitions.some(({ by }) => by !== undefined);
  const when = isClick ? { id: `v${version}`, runAt: now } : { id: `${slot}`, runAt: slot * togetherMs };
  await tx.queue.add({ id: `show-pull:${number}:${when.id}`, task: showPullTask, payload: { incident: number }, runAt: when.runAt });
}

/** One transaction for each pull request, so that nothing else waits for all of them. GitHub is asked nothing. */
export function createShowPull({ records }: Pick<Services, "records">): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { incident: number } = payload as { incident: number };
    const pulls = await records.transaction(async (tx) => {
      const incident = await tx.incidents.find(number);
      if (incident?.subject.kind === "outage") await joinSeen(tx, incident);
      return incident ? { repository: incident.subject.repository, numbers: await membersOf(tx, number) } : undefined;
    });
    for (const one of pulls?.numbers ?? []) {
      await records.transaction(async (tx) => {
        const pull = await findPull(tx, pulls?.repository ?? "", one);
        if (pull) await showPull(tx, pull);
      });
    }
  };
}

/** Those that failed of the same before it was known to be an outage. */
async function joinSeen(tx: Transaction, outage: Incident): Promise<void> {
  const { subject, openedAt } = outage;
  if (subject.kind !== "outage") return;
  const seen = await tx.diagnoses.sightings(subject.repository, subject.signature, openedAt - beforeMs);
  const numbers = new Set(seen.flatMap(({ place }) => (place.startsWith("branch:") ? [] : [Number(place.slice(place.indexOf(":") + 1))])));
  for (const number of [...numbers].reverse()) {
    const pull = await findPull(tx, subject.repository, number);
    if (!pull) continue;
    const red = standingOf(pull).red.filter((run) => seen.some(({ runId }) => runId === run.runId));
    if (red.length === 0) continue;
    const diagnoses = await diagnosesOf(tx, pull.repository, red);
    const runs = pull.runs.map((run) => (red.includes(run) ? withParts(run, outage, diagnoses.get(run.runId)) : run));
    await putPull(tx, { ...pull, runs });
    await join(tx, outage, number);
  }
}

function withParts(run: PullRun, outage: Incident, diagnosis: Diagnosis | undefined): PullRun {
  const taken = new Set(run.parts.flatMap(({ jobs }) => jobs));
  const parts = diagnosis ? partsAmong([outage], diagnosis) : [];
  const news = parts.map((part) => ({ ...part, jobs: part.jobs.filter((job) => !taken.has(job)) })).filter(({ jobs }) => jobs.length > 0);
  return { ...run, parts: [...run.parts, ...news] };
}

async function diagnosesOf(tx: Transaction, repository: string, runs: readonly PullRun[]): Promise<Found["diagnoses"]> {
  const found = new Map<number, Diagnosis>();
  for (const { runId, attempt } of runs) {
    const diagnosis = await tx.diagnoses.ofRun(repository, runId, attempt);
    if (diagnosis) found.set(runId, diagnosis);
  }
  return found;
}

/** What is known of what is red now. */
export async function findOut(tx: Transaction, pull: PullFailures): Promise<Found> {
  const { red } = standingOf(pull);
  const numbers = new Set(red.flatMap(({ parts, incident }) => [...parts.map((part) => part.incident), ...(incident ? [incident] : [])]));
  const incidents = new Map<number, Incident>();
  for (const number of numbers) {
    const incident = await tx.incidents.find(number);
    if (incident) incidents.set(number, incident);
  }
  return { diagnoses: await diagnosesOf(tx, pull.repository, red), incidents };
}

/** Adds another look at what the run cost, where that is told. */
export async function showCostsLater(
  { queue }: Transaction,
  { repository, number, isShown, showsCosts }: PullFailures,
  { runId, attempt }: Pick<PullRun, "runId" | "attempt">,
  now: number,
): Promise<void> {
  if (!isShown || !showsCosts) return;
  const id = `show-pull-costs:${repository.toLowerCase()}:${runId}:${attempt}`;
  await queue.add({ id, task: showCostsTask, payload: { repository, number }, runAt: now + costsLateMs });
}

export function createShowCosts({ records }: Pick<Services, "records">): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { repository, number } = payload as { repository: string; number: number };
    await records.transaction(async (tx) => {
      const pull = await findPull(tx, repository, number);
      if (pull) await showPull(tx, pull);
    });
  };
}

/** Makes the comment say how it stands, from the first failure on. The same again changes nothing. */
export async function showPull(tx: Transaction, pull: PullFailures): Promise<void> {
  const { repository, number, subjectId } = pull;
  if (subjectId === undefined || !pull.isShown) return;
  const found = await findOut(tx, pull);
  const costs = pull.showsCosts
    ? { spent: await wholeCost(tx, repository, number), flakes: await flakeLines(tx, [...found.diagnoses.values()]) }
    : undefined;
  await putSticky(tx.outbox, { repository, number, subjectId }, describePull(pull, { ...found, ...(costs && { costs }) }));
}
