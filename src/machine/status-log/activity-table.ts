import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { shortSha } from "../../pipeline/next-step.ts";
import type { Activity } from "../../pipeline/sessions/status-log.ts";
import type { Table } from "../../reply.ts";

/** @param older how many are not shown */
export function activityTable(activities: readonly Activity[], older: number): Table {
  const rows = activities.map((one) => ({
    cells: [momentInWords(one.at), one.kind, one.text, one.sha === undefined ? "" : shortSha(one.sha)],
  }));
  const more = older > 0 ? { more: `and ${older} older` } : {};
  return { kind: "table", columns: ["When", "Kind", "What", "Commit"], rows, ...more };
}
