import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { reachedMark, type Standings } from "../../pipeline/sessions/standings.ts";

export const standingsSchema =
  "CREATE TABLE standings (session TEXT PRIMARY KEY, at INTEGER NOT NULL, reached TEXT NOT NULL) STRICT, WITHOUT ROWID;";

const keptMs = 24 * 60 * 60_000;

/** @param folder where the journal is; undefined for one in memory */
export function sqliteStandings(database: DatabaseSync, transaction: <T>(work: () => T) => T, folder: string | undefined): Standings {
  return {
    keep(session, reached, now) {
      if (reached.length > 0 && folder !== undefined) mark(join(folder, reachedMark));
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

/** What is there stays as it is, and no link is followed. */
function mark(path: string): void {
  try {
    writeFileSync(path, "", { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
