import { type Fact, facts, type Part as ReplyPart, text } from "../../../reply.ts";
import type { Diagnosis } from "../../failures/diagnosis.ts";
import type { Json } from "../../json.ts";
import { clipped } from "../../logs/clipped.ts";
import type { Transaction } from "../../records.ts";
import { endInWords, jobsInWords, placeOf } from "../describe.ts";
import { type Incident, incidentName } from "../incident.ts";
import type { Part, PullRun } from "./pull-failures.ts";

/** So many pull requests of an incident, the newest, are kept up to date with it. */
const mostPulls = 100;
const longestOwner = 80;

interface Members {
  readonly repository: string;
  readonly pulls: readonly number[];
}

const keyOf = (incident: number): string => `incident-pulls:${incident}`;

/** The pull requests that are part of the incident, the one that joined last first. */
export async function membersOf({ notes }: Transaction, incident: number): Promise<readonly number[]> {
  return (await notes.find<Members>(keyOf(incident)))?.pulls ?? [];
}

export async function join(tx: Transaction, { number, subject }: Incident, pull: number): Promise<void> {
  const before = await membersOf(tx, number);
  if (before.includes(pull)) return;
  const members: Members = { repository: subject.repository, pulls: [pull, ...before].slice(0, mostPulls) };
  await tx.notes.put(keyOf(number), members as unknown as Json);
}

/**
 * Of which open incidents the jobs are part by their errors. The merge queue's clear nobody: what broke there may be this very pull request.
 */
export function partsAmong(open: readonly Incident[], { jobs }: Pick<Diagnosis, "jobs">): readonly Part[] {
  const shared = open.filter(
    ({ outage, subject }) => outage === undefined && !(subject.kind === "pipeline" && subject.trigger === "merge_queue"),
  );
  const parts = new Map<number, string[]>();
  for (const { name, signature } of jobs) {
    const incident = signature === undefined ? undefined : shared.findLast(({ signatures }) => signatures.includes(signature));
    if (incident) parts.set(incident.number, [...(parts.get(incident.number) ?? []), name]);
  }
  return [...parts].map(([incident, names]) => ({ incident, jobs: names }));
}

/** The incidents that a run is part of, and whether that is all that failed in it. */
export function sharedBy({ parts }: Pick<PullRun, "parts">, diagnosis: Diagnosis | undefined, incidents: ReadonlyMap<number, Incident>) {
  const shared = parts.flatMap(({ incident, jobs }) => {
    const found = incidents.get(incident);
    return found ? [{ incident: found, jobs }] : [];
  });
  const explained = new Set(shared.flatMap(({ jobs }) => jobs));
  const isMore = !diagnosis || diagnosis.moreJobs > 0 || (diagnosis.otherJobs ?? []).length > 0;
  const isAll = shared.length > 0 && !isMore && diagnosis.jobs.every(({ name }) => explained.has(name));
  return { shared, isAll };
}

/** `part of i7 (outage), which Ana has` */
export function partInWords(incident: Incident): string {
  const { subject, owner, resolved } = incident;
  const what = subject.kind === "outage" ? "outage" : `${placeOf(incident)} ${resolved ? "was" : "is"} red`;
  const how = resolved
    ? `which is over: ${endInWords(incident)}`
    : owner
      ? `which ${clipped(owner.person.name, longestOwner)} has`
      : "which nobody has taken yet";
  return `part of ${incidentName(incident)} (${what}), ${how}`;
}

/** Whose it is and since when; of what is over, since when it is. */
export function partFacts({ owner, openedAt, resolved }: Incident): readonly Fact[] {
  if (resolved) return [{ label: "Over", value: { at: resolved.at } }];
  return [
    { label: "Owner", value: owner ? clipped(owner.person.name, longestOwner) : "nobody yet" },
    { label: "Since", value: { at: openedAt } },
  ];
}

/** Below a verdict, for the jobs of a run that are not its author's. */
export const describeParts = (shared: ReturnType<typeof sharedBy>["shared"]): readonly ReplyPart[] =>
  shared.flatMap(({ incident, jobs }) => [
    text(`Not you: ${jobsInWords(jobs)} ${jobs.length === 1 ? "is" : "are"} ${partInWords(incident)}`, "idle"),
    facts(...partFacts(incident)),
  ]);
