import type { DatabaseSync } from "node:sqlite";
import type { Session, Sessions } from "../../pipeline/sessions/sessions.ts";

export const sessionsSchema = `
CREATE TABLE sessions (id TEXT PRIMARY KEY, state TEXT NOT NULL, seen_at INTEGER NOT NULL, session TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_seen ON sessions (state, seen_at);`;

export function sqliteSessions(database: DatabaseSync, transaction: <T>(work: () => T) => T): Sessions {
  const find = (id: string): Session | undefined => {
    const row = database.prepare("SELECT session FROM sessions WHERE id = ?").get(id);
    return row && toSession(row);
  };
  return {
    find,

    update: (id, change) =>
      transaction(() => {
        const after: Session = { ...change(find(id)), id };
        database
          .prepare(
            "INSERT INTO sessions VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at, session = excluded.session",
          )
          .run(id, after.state, after.seenAt, JSON.stringify(after));
        return after;
      }),

    newest: (most) => database.prepare("SELECT session FROM sessions ORDER BY seen_at DESC LIMIT ?").all(most).map(toSession),

    silentSince: (at, most) =>
      database
        .prepare("SELECT session FROM sessions WHERE state = 'open' AND seen_at < ? ORDER BY seen_at LIMIT ?")
        .all(at, most)
        .map(toSession),

    forget: (before) =>
      transaction(() => {
        const old = "SELECT id FROM sessions WHERE state = 'final' AND seen_at < ?";
        for (const table of ["requests", "transcript_marks", "prompts"]) {
          database.prepare(`DELETE FROM ${table} WHERE session IN (${old})`).run(before);
        }
        database.prepare(`DELETE FROM sessions WHERE id IN (${old})`).run(before);
      }),
  };
}

const toSession = (row: Record<string, unknown>): Session => JSON.parse(String(row.session));
