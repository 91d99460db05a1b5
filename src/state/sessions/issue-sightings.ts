import type { DatabaseSync } from "node:sqlite";
import type { IssueSightings } from "../../pipeline/sessions/issue-sightings.ts";

export const issueSightingsSchema =
  "CREATE TABLE issue_sighting (issue TEXT PRIMARY KEY, seen INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

export function sqliteIssueSightings(database: DatabaseSync): IssueSightings {
  return {
    add(issue, at) {
      database
        .prepare(
          "INSERT INTO issue_sighting VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET seen = seen + 1, last_at = max(last_at, excluded.last_at)",
        )
        .run(issue, at);
    },

    all: () =>
      database
        .prepare("SELECT issue, seen, last_at AS lastAt FROM issue_sighting ORDER BY issue")
        .all()
        .map(({ issue, seen, lastAt }) => ({ issue: String(issue), seen: Number(seen), lastAt: Number(lastAt) })),
  };
}
