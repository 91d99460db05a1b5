import type { DatabaseSync } from "node:sqlite";
import type { SessionEvent } from "../../pipeline/sessions/event.ts";
import type { SetAside, Spool, Spooled } from "../../pipeline/sessions/spool.ts";

export const spoolSchema = `
CREATE TABLE spool (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, bytes INTEGER NOT NULL,
  aside_at INTEGER, problem TEXT, event TEXT NOT NULL
) STRICT;
CREATE INDEX spool_waiting ON spool (sequence, at, bytes) WHERE aside_at IS NULL;
CREATE INDEX spool_aside ON spool (aside_at, bytes) WHERE aside_at IS NOT NULL;
CREATE TABLE spool_state (
  one INTEGER PRIMARY KEY CHECK (one = 1), lost INTEGER NOT NULL, trouble TEXT, is_for_person INTEGER, trouble_since INTEGER
) STRICT;
INSERT INTO spool_state (one, lost) VALUES (1, 0);`;

/** Weeks of work without a bot. */
const usualRoom = { waiting: { events: 20_000, bytes: 16 << 20 }, aside: { events: 1_000, bytes: 4 << 20 } };
export type Room = typeof usualRoom;
const keptAsideMs = 30 * 24 * 60 * 60_000;

const idOf = (event: SessionEvent): string => (event.type === "usage" ? `usage:${event.usage.id}` : `${event.type}:${event.id}`);

export function sqliteSpool(database: DatabaseSync, transaction: <T>(work: () => T) => T, room: Room = usualRoom): Spool {
  /** What there is still room for. */
  const left = (which: keyof Room) => {
    const where = which === "waiting" ? "aside_at IS NULL" : "aside_at IS NOT NULL";
    const found = database.prepare(`SELECT count(*) AS events, ifnull(sum(bytes), 0) AS bytes FROM spool WHERE ${where}`).get();
    return { events: room[which].events - Number(found?.events), bytes: room[which].bytes - Number(found?.bytes) };
  };
  const drop = (column: "id" | "sequence", value: string | number) =>
    Number(database.prepare(`DELETE FROM spool WHERE ${column} = ?`).run(value).changes);
  const countLost = (lost: number) => {
    if (lost > 0) database.prepare("UPDATE spool_state SET lost = lost + ?").run(lost);
  };

  return {
    add(events, now) {
      if (events.length === 0) return;
      transaction(() => {
        const insert = database.prepare("INSERT INTO spool (id, at, bytes, event) VALUES (?, ?, ?, ?)");
        let free = left("waiting");
        let lost = 0;
        for (const event of events) {
          const id = idOf(event);
          const text = toText(event);
          const bytes = Buffer.byteLength(text);
          // A fuller telling of what is there already takes its place, and a little more room.
          const isReplaced = drop("id", id) === 1;
          if (!isReplaced && (free.events < 1 || free.bytes < bytes)) lost += 1;
          else {
            insert.run(id, now, bytes, text);
            if (!isReplaced) free = { events: free.events - 1, bytes: free.bytes - bytes };
          }
        }
        countLost(lost);
      });
    },

    next(most, mostBytes = Number.POSITIVE_INFINITY) {
      const found: Spooled[] = [];
      let bytes = 0;
      for (const row of database.prepare("SELECT * FROM spool WHERE aside_at IS NULL ORDER BY sequence LIMIT ?").iterate(most)) {
        bytes += Number(row.bytes);
        if (found.length > 0 && bytes > mostBytes) break;
        found.push(toSpooled(row));
      }
      return found;
    },

    remove(taken) {
      transaction(() => {
        for (const { sequence } of taken) drop("sequence", sequence);
      });
    },

    setAside(refused, now) {
      transaction(() => {
        let free = left("aside");
        let lost = 0;
        for (const { sequence, bytes, problem } of refused) {
          if (free.events < 1 || free.bytes < bytes) lost += drop("sequence", sequence);
          else {
            database.prepare("UPDATE spool SET aside_at = ?, problem = ? WHERE sequence = ?").run(now, problem, sequence);
            free = { events: free.events - 1, bytes: free.bytes - bytes };
          }
        }
        countLost(lost);
      });
    },

    aside(most) {
      const rows = database.prepare("SELECT * FROM spool WHERE aside_at IS NOT NULL ORDER BY sequence LIMIT ?").all(most);
      return rows.map((row): SetAside => ({ ...toSpooled(row), problem: String(row.problem) }));
    },

    tryAgain(asideBefore, now) {
      const { due } = database.prepare("SELECT count(*) AS due FROM spool WHERE aside_at <= ?").get(asideBefore) as { due: number };
      if (due === 0) return;
      transaction(() => {
        countLost(
          Number(database.prepare("DELETE FROM spool WHERE aside_at <= ? AND at <= ?").run(asideBefore, now - keptAsideMs).changes),
        );
        database.prepare("UPDATE spool SET aside_at = NULL WHERE aside_at <= ?").run(asideBefore);
      });
    },

    trouble(trouble, now) {
      if (trouble === undefined) {
        database
          .prepare("UPDATE spool_state SET trouble = NULL, is_for_person = NULL, trouble_since = NULL WHERE trouble IS NOT NULL")
          .run();
        return;
      }
      database
        .prepare("UPDATE spool_state SET trouble = ?, is_for_person = ?, trouble_since = ifnull(trouble_since, ?)")
        .run(trouble.text, trouble.isForPerson ? 1 : 0, now);
    },

    standing() {
      const waiting = database.prepare("SELECT count(*) AS waiting, min(at) AS oldestAt FROM spool WHERE aside_at IS NULL").get();
      const aside = database.prepare("SELECT count(*) AS aside FROM spool WHERE aside_at IS NOT NULL").get();
      const state = database.prepare("SELECT * FROM spool_state").get();
      return {
        waiting: Number(waiting?.waiting),
        aside: Number(aside?.aside),
        lost: Number(state?.lost),
        ...(waiting?.oldestAt != null && { oldestAt: Number(waiting.oldestAt) }),
        ...(state?.trouble != null && {
          trouble: { text: String(state.trouble), isForPerson: state.is_for_person === 1, since: Number(state.trouble_since) },
        }),
      };
    },
  };
}

const toSpooled = ({ sequence, event, bytes }: Record<string, unknown>): Spooled => ({
  sequence: Number(sequence),
  event: fromText(String(event)),
  bytes: Number(bytes),
});

/** Money is a BigInt. */
const toText = (event: SessionEvent): string => JSON.stringify(event, (_, value) => (typeof value === "bigint" ? `${value}n` : value));

const fromText = (text: string): SessionEvent =>
  JSON.parse(text, (key, value) => (key === "statedPico" && typeof value === "string" ? BigInt(value.slice(0, -1)) : value));
