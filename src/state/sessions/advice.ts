import type { DatabaseSync } from "node:sqlite";
import type { AdviceRequests, KeptRequest } from "../../pipeline/sessions/advice.ts";

export const adviceSchema = `
CREATE TABLE advice_request (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('waiting')), request TEXT NOT NULL
) STRICT;`;

const mostKept = 1_000;

export function sqliteAdvice(database: DatabaseSync, transaction: <T>(work: () => T) => T, most = mostKept): AdviceRequests {
  return {
    add: (request) =>
      transaction(() => {
        const { changes, lastInsertRowid } = database
          .prepare("INSERT INTO advice_request (id, state, request) VALUES (?, 'waiting', ?) ON CONFLICT DO NOTHING")
          .run(request.id, JSON.stringify(request));
        if (Number(changes) === 0) return false;
        database.prepare("DELETE FROM advice_request WHERE number <= ?").run(Number(lastInsertRowid) - most);
        return true;
      }),

    has: (id) => database.prepare("SELECT 1 FROM advice_request WHERE id = ?").get(id) !== undefined,

    newest: (limit) =>
      database
        .prepare("SELECT state, request FROM advice_request ORDER BY number DESC LIMIT ?")
        .all(limit)
        .map(({ state, request }): KeptRequest => ({ ...JSON.parse(String(request)), state: state as KeptRequest["state"] })),
  };
}
