import type { Branches } from "../failures/branches.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { isFailure, type Transition } from "../policy/standing.ts";
import type { Followed } from "./followed.ts";
import { followedAmong, pipelineOf } from "./pipeline-of.ts";

/** The channel that hears of the run's failure as an incident, and of its end; undefined where none does. */
export async function incidentChannelOf(run: FinishedRun, followed: readonly Followed[], branches: Branches): Promise<string | undefined> {
  const entry = followedAmong(followed, run.repository);
  return entry && (await pipelineOf(run, entry, branches)) ? entry.channel : undefined;
}

/** What an incident tells of: that it failed, also once more, and that it is over. */
export const isToldAsIncident = ({ conclusion }: Pick<FinishedRun, "conclusion">, transition: Transition): boolean =>
  isFailure(conclusion) || transition === "recovered";
