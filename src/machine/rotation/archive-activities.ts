import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownStats } from "../../config/own-stats.ts";
import { writeWhole } from "../../config/write-whole.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import type { Activity } from "../../pipeline/sessions/status-log.ts";
import { activityInJson } from "../status-log/to-json.ts";

export interface ArchivedActivities {
  readonly file: string;
  readonly activities: number;
}

/**
 * Moves what happened before a moment out of the journal, into a file for each month. What a process that was killed had written already is not
 * written twice: an activity leaves the journal after it stands in its file.
 */
export function archiveActivities(
  folder: string,
  journal: Journal,
  before: number,
  { isTried = false } = {},
): readonly ArchivedActivities[] {
  return journal.transaction(() => {
    const old = journal.statusLog.before(before);
    const archived = [...Map.groupBy(old, monthOf)].map(([month, activities]) => {
      const file = join(folder, "archive", `pipeline-log-${month}.jsonl`);
      if (!isTried) append(file, activities);
      return { file, activities: activities.length };
    });
    if (!isTried) journal.statusLog.remove(old.map(({ id }) => id));
    return archived;
  });
}

/** `202611` */
const monthOf = ({ at }: Activity): string => new Date(at).toISOString().slice(0, 7).replace("-", "");

function append(file: string, activities: readonly Activity[]): void {
  ownStats(file);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const there = new Set(text.split("\n"));
  const lines = activities.map((activity) => JSON.stringify(activityInJson(activity))).filter((line) => !there.has(line));
  if (lines.length > 0) writeWhole(file, `${text}${lines.join("\n")}\n`);
}
