import type { HookSettings } from "../../config/hooks.ts";
import type { PhasePlan } from "../../pipeline/phases/phases.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import { statusLogFolder, writeStatusLog } from "../status-log/write.ts";
import { type ArchivedActivities, archiveActivities } from "./archive-activities.ts";
import { archiveHookLogs } from "./archive-hook-logs.ts";
import { removeDrafts } from "./remove-drafts.ts";

const dayMs = 24 * 60 * 60_000;

interface Given {
  readonly place: { readonly project: string; readonly dataDir: string };
  readonly hookLogs: string;
  readonly settings: HookSettings;
  readonly plan: PhasePlan | undefined;
  readonly now: number;
  /** Only says what it would move. */
  readonly isTried?: boolean;
}

export interface Rotated {
  /** Names of files of the hook log. */
  readonly hookLogs: readonly string[];
  readonly activities: readonly ArchivedActivities[];
}

/**
 * Moves what is older than the settings keep into the archives, and forgets sessions that ended before then, whose usage is in the ledger; again, it
 * changes nothing. The journal may be missing.
 */
export function rotate(journal: Journal | undefined, { place, hookLogs, settings, plan, now, isTried = false }: Given): Rotated {
  const before = now - settings.rotation.keepDays * dayMs;
  const folder = statusLogFolder(place, settings);
  const activities = journal ? archiveActivities(folder, journal, before, { isTried }) : [];
  if (!isTried) journal?.sessions.forget(before);
  if (journal && activities.length > 0 && !isTried) writeStatusLog(folder, journal, plan);
  if (!isTried) removeDrafts(place.dataDir, now - dayMs);
  return { hookLogs: archiveHookLogs(hookLogs, before, { isTried }), activities };
}
