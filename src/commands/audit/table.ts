import type { AuditRow, AuditSurface } from "../../pipeline/audit.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { Mood, Outcome, Table } from "../../reply.ts";

const longestText = 80;

/**
 * @param hasPlace whether the rows may be of several repositories
 * @param secrets our own credentials, masked in what was typed
 */
export function auditTable(rows: readonly AuditRow[], secrets: readonly string[], hasPlace = false): Table {
  return {
    kind: "table",
    columns: ["When (UTC)", "Who", "Where", "Command", "Outcome", "Reason"],
    rows: rows.map((row) => ({
      mood: moods[row.outcome],
      cells: [inUtc(row.endedAt), row.actorName, where(row, hasPlace), short(mask(row.text, secrets)), row.outcome, row.reason],
    })),
  };
}

const moods: Record<Outcome, Mood> = {
  done: "good",
  joined: "good",
  queued: "busy",
  uncertain: "busy",
  not_applicable: "idle",
  invalid: "idle",
  refused: "bad",
  failed: "bad",
};

const inUtc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace("T", " ");

function where({ surface, repository, pullRequest }: AuditRow, hasPlace: boolean): string {
  const place = (hasPlace ? (repository ?? "") : "") + (pullRequest === undefined ? "" : `#${pullRequest}`);
  return place === "" ? surfaces[surface] : `${surfaces[surface]} ${place}`;
}

const surfaces: Record<AuditSurface, string> = { slack: "Slack", github: "GitHub", session: "Claude Code" };

const short = (text: string): string => (text.length <= longestText ? text : `${text.slice(0, longestText - 1).toWellFormed()}…`);
