import type { DatabaseSync } from "node:sqlite";
import { type CommitBackoff, type CommitTries, mostTries, triesKeptMs } from "../../pipeline/sessions/commit-backoff.ts";

export const commitBackoffSchema = `
CREATE TABLE commit_tries (
  commit_sha TEXT NOT NULL, tried TEXT NOT NULL, times INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (commit_sha, tried)
) STRICT, WITHOUT ROWID;`;

export function sqliteCommitBackoff(database: DatabaseSync, transaction: <T>(work: () => T) => T): CommitBackoff {
  return {
    take: (commit, tried, now) =>
      transaction(() => {
        database.prepare("DELETE FROM commit_tries WHERE last_at < ?").run(now - triesKeptMs);
        const { changes } = database
          .prepare(
            `INSERT INTO commit_tries VALUES (?, ?, 1, ?)
            ON CONFLICT DO UPDATE SET times = times + 1, last_at = excluded.last_at WHERE times < ?`,
          )
          .run(commit, tried, now, mostTries);
        return Number(changes) === 1;
      }),

    isSpent: (commit, tried) =>
      database.prepare("SELECT 1 FROM commit_tries WHERE commit_sha = ? AND tried = ? AND times >= ?").get(commit, tried, mostTries) !==
      undefined,

    newest: (most) =>
      database
        .prepare("SELECT commit_sha, tried, times, last_at FROM commit_tries ORDER BY last_at DESC LIMIT ?")
        .all(most)
        .map((row) => ({
          commit: String(row.commit_sha),
          tried: row.tried as CommitTries["tried"],
          times: Number(row.times),
          lastAt: Number(row.last_at),
        })),

    clear: (commit) =>
      transaction(() => {
        const found = database.prepare("SELECT coalesce(sum(times), 0) AS times FROM commit_tries WHERE commit_sha = ?").get(commit);
        database.prepare("DELETE FROM commit_tries WHERE commit_sha = ?").run(commit);
        return Number(found?.times);
      }),
  };
}
