import type { DatabaseSync } from "node:sqlite";
import type { Activity, ActivityKind, StatusLog } from "../../pipeline/sessions/status-log.ts";

export const statusLogSchema = `
CREATE TABLE activity (
  sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
  session TEXT, sha TEXT, branch TEXT, actor TEXT
) STRICT;
CREATE INDEX activity_at ON activity (at, sequence);`;

const columns = "id, at, kind, text, session, sha, branch, actor";

export function sqliteStatusLog(database: DatabaseSync, transaction: <T>(work: () => T) => T): StatusLog {
  return {
    add(activities) {
      if (activities.length === 0) return;
      transaction(() => {
        const insert = database.prepare(`INSERT INTO activity (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
        for (const { id, at, kind, text, session, sha, branch, actor } of activities)
          insert.run(id, at, kind, text, session ?? null, sha ?? null, branch ?? null, actor ?? null);
      });
    },

    latest: (most) => database.prepare(`SELECT ${columns} FROM activity ORDER BY at DESC, sequence DESC LIMIT ?`).all(most).map(toActivity),

    count: () => (database.prepare("SELECT count(*) AS count FROM activity").get() as { count: number }).count,

    before: (at) => database.prepare(`SELECT ${columns} FROM activity WHERE at < ? ORDER BY at, sequence`).all(at).map(toActivity),

    remove(ids) {
      transaction(() => {
        const remove = database.prepare("DELETE FROM activity WHERE id = ?");
        for (const id of ids) remove.run(id);
      });
    },
  };
}

const optional = ["session", "sha", "branch", "actor"] as const;

function toActivity(row: Record<string, unknown>): Activity {
  const known = optional.filter((name) => row[name] !== null).map((name) => [name, String(row[name])]);
  return {
    id: String(row.id),
    at: Number(row.at),
    kind: row.kind as ActivityKind,
    text: String(row.text),
    ...Object.fromEntries(known),
  };
}
