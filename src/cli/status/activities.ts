import { activityTable } from "../../machine/status-log/activity-table.ts";
import { text } from "../../reply.ts";
import type { Section } from "./section.ts";

const fewActivities = 5;

/** What happened last. */
export const activities: Section = async (checkout) => {
  const log = checkout.existingJournal()?.statusLog;
  const latest = log?.latest(fewActivities) ?? [];
  const content = latest.map(({ at, ...activity }) => ({ ...activity, at: new Date(at).toISOString() }));
  if (!log || latest.length === 0) return { content, parts: [text("Nothing is recorded here yet.", "idle")] };
  return { content, parts: [activityTable(latest, log.count() - latest.length)] };
};
