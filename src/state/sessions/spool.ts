import type { DatabaseSync } from "node:sqlite";
import type { SessionEvent } from "../../pipeline/sessions/event.ts";
import type { Spool } from "../../pipeline/sessions/spool.ts";

export const spoolSchema = `
CREATE TABLE spool (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
CREATE TABLE spool_lost (one INTEGER PRIMARY KEY CHECK (one = 1), lost INTEGER NOT NULL) STRICT;
INSERT INTO spool_lost VALUES (1, 0);`;

/** Weeks of work without a bot, in some megabytes. */
const mostEvents = 20_000;

const idOf = (event: SessionEvent): string => (event.type === "usage" ? `usage:${event.usage.id}` : `${event.type}:${event.id}`);

export function sqliteSpool(database: DatabaseSync, transaction: <T>(work: () => T) => T, most = mostEvents): Spool {
  const count = () => (database.prepare("SELECT count(*) AS waiting FROM spool").get() as { waiting: number }).waiting;
  return {
    add(events, now) {
      if (events.length === 0) return;
      transaction(() => {
        let room = most - count();
        let lost = 0;
        for (const event of events) {
          const isReplaced = Number(database.prepare("DELETE FROM spool WHERE id = ?").run(idOf(event)).changes) === 1;
          if (!isReplaced && room <= 0) lost += 1;
          else {
            database.prepare("INSERT INTO spool (id, at, event) VALUES (?, ?, ?)").run(idOf(event), now, toText(event));
            if (!isReplaced) room -= 1;
          }
        }
        if (lost > 0) database.prepare("UPDATE spool_lost SET lost = lost + ?").run(lost);
      });
    },

    next(limit) {
      const rows = database.prepare("SELECT sequence, event FROM spool ORDER BY sequence LIMIT ?").all(limit);
      return rows.map((row) => ({ sequence: Number(row.sequence), event: fromText(String(row.event)) }));
    },

    remove(taken) {
      transaction(() => {
        for (const { sequence } of taken) database.prepare("DELETE FROM spool WHERE sequence = ?").run(sequence);
      });
    },

    standing() {
      const { waiting, oldestAt } = database.prepare("SELECT count(*) AS waiting, min(at) AS oldestAt FROM spool").get() as {
        waiting: number;
        oldestAt: number | null;
      };
      const { lost } = database.prepare("SELECT lost FROM spool_lost").get() as { lost: number };
      return { waiting, lost, ...(oldestAt !== null && { oldestAt }) };
    },
  };
}

/** Money is a BigInt. */
const toText = (event: SessionEvent): string => JSON.stringify(event, (_, value) => (typeof value === "bigint" ? `${value}n` : value));

const fromText = (text: string): SessionEvent =>
  JSON.parse(text, (key, value) => (key === "statedPico" && typeof value === "string" ? BigInt(value.slice(0, -1)) : value));
