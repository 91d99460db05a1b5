import type { DatabaseSync } from "node:sqlite";
import type { Standings } from "../../pipeline/sessions/standings.ts";

export const standingsSchema =
  "CREATE TABLE standings (session TEXT PRIMARY KEY, at INTEGER NOT NULL, reached TEXT NOT NULL) STRICT, WITHOUT ROWID;";

const keptMs = 24 * 60 * 60_000;

export function sqliteStandings(database: DatabaseSync, transaction: <T>(work: () => T) => T): Standings {
  return {
    keep(session, reached, now) {
      transaction(() => {
        database.prepare("DELETE FROM standings WHERE at <= ?").run(now - keptMs);
        database.prepare("INSERT OR REPLACE INTO standings VALUES (?, ?, ?)").run(session, now, JSON.stringify(reached));
      });
    },

    of(session) {
      const row = database.prepare("SELECT at, reached FROM standings WHERE session = ?").get(session);
      return row && { at: Number(row.at), reached: JSON.parse(String(row.reached)) };
    },
  };
}
