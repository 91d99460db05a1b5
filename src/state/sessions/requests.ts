import type { DatabaseSync } from "node:sqlite";
import { type ModelUse, type Requests, type SessionRequest, untoldPrefix } from "../../pipeline/sessions/requests.ts";
import type { Basis, Provider, Tokens } from "../../pipeline/usage/usage.ts";

const tokenColumns = "uncached_in, cache_read, cache_write_5m, cache_write_1h, out, reasoning";

export const requestsSchema = `
CREATE TABLE requests (
  id TEXT PRIMARY KEY, session TEXT NOT NULL, prompt TEXT, at INTEGER NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, service TEXT NOT NULL,
  basis TEXT NOT NULL, uncached_in INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
  out INTEGER NOT NULL, reasoning INTEGER NOT NULL, stated_pico TEXT, is_sidechain INTEGER NOT NULL, precedence TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_session ON requests (session, at);
CREATE INDEX requests_prompt ON requests (prompt);`;

/** Who told of it first keeps it, however it is told later. */
const put = `INSERT INTO requests (id, session, prompt, at, provider, model, service, basis, ${tokenColumns}, stated_pico, is_sidechain, precedence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET at = excluded.at, model = excluded.model, provider = excluded.provider, basis = excluded.basis,
  uncached_in = excluded.uncached_in, cache_read = excluded.cache_read, cache_write_5m = excluded.cache_write_5m,
  cache_write_1h = excluded.cache_write_1h, out = excluded.out, reasoning = excluded.reasoning, stated_pico = excluded.stated_pico,
  is_sidechain = excluded.is_sidechain, precedence = excluded.precedence
WHERE excluded.precedence > requests.precedence`;

export function sqliteRequests(database: DatabaseSync): Requests {
  const all = (where: string, ...values: readonly (string | number)[]) =>
    database
      .prepare(`SELECT * FROM requests WHERE ${where}`)
      .all(...values)
      .map(toRequest);
  return {
    put(session, captured) {
      const statement = database.prepare(put);
      return captured.flatMap(({ usage, precedence, prompt = null }) => {
        const { id, at, provider, model, service, basis, tokens, statedPico } = usage;
        const { uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out, reasoning } = tokens;
        const stated = statedPico === undefined ? null : String(statedPico);
        const { changes } = statement.run(
          ...[id, session, prompt, at, provider, model, service, basis, uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out, reasoning],
          ...[stated, usage.isSidechain ? 1 : 0, precedence],
        );
        return Number(changes) === 1 ? [usage] : [];
      });
    },

    ofSession: (session) => all("session = ? ORDER BY at", session),
    sessionOf: (id) => all("id = ?", id)[0]?.session,
    ofPrompt: (prompt) => all("prompt = ? ORDER BY at", prompt),
    lastBefore: (session, at) => all("session = ? AND at < ? AND is_sidechain = 0 ORDER BY at DESC LIMIT 1", session, at)[0],

    byModel(session, which) {
      const sums = tokenColumns.split(", ").map((column) => `sum(${column}) AS ${column}`);
      return database
        .prepare(
          `SELECT model, count(*) AS requests, max(at) AS last_at, ${sums.join(", ")} FROM requests WHERE session = ?${which === "told" ? ` AND id NOT LIKE '${untoldPrefix}%'` : ""} GROUP BY model ORDER BY sum(uncached_in + cache_read + cache_write_5m + cache_write_1h + out) DESC`,
        )
        .all(session)
        .map(
          (row): ModelUse => ({
            model: String(row.model),
            requests: Number(row.requests),
            tokens: toTokens(row),
            lastAt: Number(row.last_at),
          }),
        );
    },
  };
}

const toRequest = (row: Record<string, unknown>): SessionRequest => ({
  id: String(row.id),
  session: String(row.session),
  ...(row.prompt !== null && { prompt: String(row.prompt) }),
  at: Number(row.at),
  provider: row.provider as Provider,
  model: String(row.model),
  service: String(row.service),
  basis: row.basis as Basis,
  tokens: toTokens(row),
  ...(row.stated_pico !== null && { statedPico: BigInt(String(row.stated_pico)) }),
  ...(row.is_sidechain === 1 && { isSidechain: true }),
});

const toTokens = (row: Record<string, unknown>): Tokens => ({
  uncachedIn: Number(row.uncached_in),
  cacheRead: Number(row.cache_read),
  cacheWrite5m: Number(row.cache_write_5m),
  cacheWrite1h: Number(row.cache_write_1h),
  out: Number(row.out),
  reasoning: Number(row.reasoning),
});
