import type { DatabaseSync } from "node:sqlite";
import type { KeptRequest, Requests } from "../../pipeline/sessions/requests.ts";

export const requestsSchema = `
CREATE TABLE request (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('waiting')), request TEXT NOT NULL
) STRICT;`;

const mostKept = 1_000;

export function sqliteRequests(database: DatabaseSync, transaction: <T>(work: () => T) => T, most = mostKept): Requests {
  return {
    add: (request) =>
      transaction(() => {
        const { changes, lastInsertRowid } = database
          .prepare("INSERT INTO request (id, state, request) VALUES (?, 'waiting', ?) ON CONFLICT DO NOTHING")
          .run(request.id, JSON.stringify(request));
        if (Number(changes) === 0) return false;
        database.prepare("DELETE FROM request WHERE number <= ?").run(Number(lastInsertRowid) - most);
        return true;
      }),

    newest: (limit) =>
      database
        .prepare("SELECT state, request FROM request ORDER BY number DESC LIMIT ?")
        .all(limit)
        .map(({ state, request }): KeptRequest => ({ ...JSON.parse(String(request)), state: state as KeptRequest["state"] })),
  };
}
