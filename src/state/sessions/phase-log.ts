import type { DatabaseSync } from "node:sqlite";
import type { PhaseEntered, PhaseLog } from "../../pipeline/sessions/phase-log.ts";

export const phaseLogSchema = `
CREATE TABLE phase_entered (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, reason TEXT, UNIQUE (at, id)) STRICT;`;

export function sqlitePhaseLog(database: DatabaseSync): PhaseLog {
  const history: PhaseLog["history"] = (most) =>
    database.prepare("SELECT id, at, by, reason FROM phase_entered ORDER BY at DESC, sequence DESC LIMIT ?").all(most).map(toEntered);
  return {
    current: () => history(1)[0],
    history,
    enter({ id, at, by, reason }) {
      const insert = "INSERT INTO phase_entered (id, at, by, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
      database.prepare(insert).run(id, at, by, reason ?? null);
    },
  };
}

const toEntered = ({ id, at, by, reason }: Record<string, unknown>): PhaseEntered => ({
  id: String(id),
  at: Number(at),
  by: String(by),
  ...(reason !== null && { reason: String(reason) }),
});
