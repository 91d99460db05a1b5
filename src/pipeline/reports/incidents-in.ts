import type { Incident } from "../incidents/incident.ts";
import { type Acknowledged, acknowledgedIn, timeToAcknowledge } from "../incidents/time-to-acknowledge.ts";
import type { Transaction } from "../records.ts";
import type { Period } from "./period.ts";

/** What became of failures in a period. */
export interface IncidentsIn {
  /** Incidents that ended because a newer commit passed. */
  readonly fixed: number;
  /** Of those that began in it. */
  readonly acknowledged: Acknowledged;
}

/** @returns undefined where no repository's failures are followed: then nobody knows */
export async function incidentsIn(
  { since, until }: Period,
  repositories: readonly string[],
  incidents: Transaction["incidents"],
): Promise<IncidentsIn | undefined> {
  if (repositories.length === 0) return undefined;
  let fixed = 0;
  const times: (number | undefined)[] = [];
  for (const repository of repositories) {
    const resolved = await incidents.resolvedSince(repository, since);
    fixed += resolved.filter((incident) => isFixed(incident) && (incident.resolved?.at ?? until) < until).length;
    const opened = await incidents.openedSince(repository, since);
    for (const { number, openedAt, isTold } of opened)
      if (isTold && openedAt < until) times.push(timeToAcknowledge(await incidents.timeline(number)));
  }
  return { fixed, acknowledged: acknowledgedIn(times) };
}

const isFixed = ({ resolved }: Incident): boolean => resolved?.as === "fixed";
