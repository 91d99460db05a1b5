import type { DatabaseSync } from "node:sqlite";
import type { Marks } from "../../pipeline/sessions/marks.ts";

export const marksSchema = `
CREATE TABLE transcript_marks (path TEXT PRIMARY KEY, session TEXT NOT NULL, position INTEGER NOT NULL, fingerprint TEXT NOT NULL, seen TEXT NOT NULL, prompt TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX transcript_marks_session ON transcript_marks (session);`;

export function sqliteMarks(database: DatabaseSync): Marks {
  return {
    of(path) {
      const row = database.prepare("SELECT position, fingerprint, seen, prompt FROM transcript_marks WHERE path = ?").get(path);
      if (row === undefined) return undefined;
      const { position, fingerprint, seen, prompt } = row;
      return {
        path,
        position: Number(position),
        fingerprint: String(fingerprint),
        seen: String(seen),
        ...(prompt !== null && { prompt: String(prompt) }),
      };
    },

    move(session, before, { path, position, fingerprint, seen, prompt = null }) {
      database
        .prepare(
          "INSERT INTO transcript_marks VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, fingerprint = excluded.fingerprint, seen = excluded.seen, prompt = excluded.prompt WHERE transcript_marks.position = ? AND transcript_marks.fingerprint = ?",
        )
        .run(path, session, position, fingerprint, seen, prompt, before?.position ?? -1, before?.fingerprint ?? "");
    },
  };
}
