import type { DatabaseSync } from "node:sqlite";
import type { Once } from "../../pipeline/sessions/journal.ts";

export const onceSchema = "CREATE TABLE once (key TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

export function sqliteOnce(database: DatabaseSync): Once {
  return {
    take(key, keptMs, now) {
      database.prepare("DELETE FROM once WHERE expires_at <= ?").run(now);
      return Number(database.prepare("INSERT INTO once VALUES (?, ?) ON CONFLICT DO NOTHING").run(key, now + keptMs).changes) === 1;
    },
    giveBack(key) {
      database.prepare("DELETE FROM once WHERE key = ?").run(key);
    },

    isTaken: (key, now) => database.prepare("SELECT 1 FROM once WHERE key = ? AND expires_at > ?").get(key, now) !== undefined,
  };
}
