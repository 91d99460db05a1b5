import type { Claim, Claims } from "../../pipeline/claims.ts";
import type { Connection } from "./connection.ts";
import type { GroupCommit } from "./group-commit.ts";

const keepResultMs = 7 * 24 * 3_600_000;

// A done claim has a result, so its holder cannot renew it; only the end of `free_at` opens it again.
const take = `INSERT INTO claims (key, holder, free_at) VALUES (?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, free_at = excluded.free_at, result = NULL
  WHERE claims.free_at <= ? OR (claims.result IS NULL AND claims.holder = excluded.holder)`;
const look = "SELECT holder, free_at, result FROM claims WHERE key = ?";
const renew = "UPDATE claims SET free_at = ? WHERE key = ? AND holder = ? AND result IS NULL AND free_at > ?";
const keep = "UPDATE claims SET free_at = ?, result = ? WHERE key = ? AND holder = ? AND result IS NULL";
const forget = "DELETE FROM claims WHERE key = ? AND holder = ? AND result IS NULL";

export function sqliteClaims(connection: Connection, group: GroupCommit, now: () => number): Claims {
  return {
    claim: (key, holder, leaseMs) =>
      group.write((): Claim => {
        const at = now();
        if (connection.run(take, key, holder, at + leaseMs, at) > 0) return { state: "claimed" };
        const row = connection.first<{ holder: string; free_at: number; result: string | null }>(look, key);
        if (!row) throw new Error("A claim was neither taken nor there.");
        if (row.result !== null) return { state: "done", result: JSON.parse(row.result) };
        return { state: "held", holder: row.holder, freeInMs: row.free_at - at };
      }),

    extend: (key, holder, leaseMs) =>
      group.write(() => {
        const at = now();
        return connection.run(renew, at + leaseMs, key, holder, at) > 0;
      }),

    settle: (key, holder, end) =>
      group.write(() => {
        if (end.outcome === "done") connection.run(keep, now() + keepResultMs, JSON.stringify(end.result), key, holder);
        else connection.run(forget, key, holder);
      }),
  };
}
