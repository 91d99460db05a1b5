import type { DatabaseSync } from "node:sqlite";
import { type CommandFailure, type CommandFailures, failuresKeptMs, mostErrors } from "../../pipeline/sessions/command-failures.ts";

export const commandFailuresSchema = `
CREATE TABLE command_failure (
  key TEXT NOT NULL, commit_sha TEXT NOT NULL, command TEXT NOT NULL, failures INTEGER NOT NULL, first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL, errors TEXT NOT NULL, known_issue TEXT, is_help_asked INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (key, commit_sha)
) STRICT, WITHOUT ROWID;
CREATE INDEX command_failure_by_time ON command_failure (last_at);
CREATE INDEX command_failure_by_commit ON command_failure (commit_sha);`;

export function sqliteCommandFailures(database: DatabaseSync, transaction: <T>(work: () => T) => T): CommandFailures {
  const of = (key: string, commit: string): CommandFailure | undefined => {
    const row = database.prepare("SELECT * FROM command_failure WHERE key = ? AND commit_sha = ?").get(key, commit);
    return row && toFailure(row);
  };
  return {
    of,

    add({ key, command, commit, error, at }) {
      return transaction(() => {
        database.prepare("DELETE FROM command_failure WHERE last_at < ?").run(at - failuresKeptMs);
        const before = of(key, commit);
        const errors = JSON.stringify([...(before?.errors ?? []), error].slice(-mostErrors));
        database
          .prepare(
            `INSERT INTO command_failure (key, commit_sha, command, failures, first_at, last_at, errors) VALUES (?, ?, ?, 1, ?, ?, ?)
            ON CONFLICT DO UPDATE SET failures = failures + 1, command = excluded.command, last_at = max(last_at, excluded.last_at),
            first_at = min(first_at, excluded.first_at), errors = excluded.errors`,
          )
          .run(key, commit, command, at, at, errors);
        return of(key, commit) as CommandFailure;
      });
    },

    explain(key, commit, issue) {
      database.prepare("UPDATE command_failure SET known_issue = ? WHERE key = ? AND commit_sha = ?").run(issue, key, commit);
    },

    noteHelpAsked(key, commit) {
      database.prepare("UPDATE command_failure SET is_help_asked = 1 WHERE key = ? AND commit_sha = ?").run(key, commit);
    },

    pass: (key, commit) =>
      Number(database.prepare("DELETE FROM command_failure WHERE key = ? AND commit_sha = ?").run(key, commit).changes) > 0,

    hasAny: (commit) => database.prepare("SELECT 1 FROM command_failure WHERE commit_sha = ? LIMIT 1").get(commit) !== undefined,

    newest: (most) => database.prepare("SELECT * FROM command_failure ORDER BY last_at DESC LIMIT ?").all(most).map(toFailure),
  };
}

const toFailure = (row: Record<string, unknown>): CommandFailure => ({
  key: String(row.key),
  command: String(row.command),
  commit: String(row.commit_sha),
  failures: Number(row.failures),
  firstAt: Number(row.first_at),
  lastAt: Number(row.last_at),
  errors: JSON.parse(String(row.errors)),
  isHelpAsked: row.is_help_asked === 1,
  ...(row.known_issue !== null && { knownIssue: String(row.known_issue) }),
});
