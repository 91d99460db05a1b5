// What a usage report asks of its state file, by nothing but Node and SQL: no report can be faster.
import { DatabaseSync } from "node:sqlite";

const [file = "", since = "0", until = "0"] = process.argv.slice(2);
const database = new DatabaseSync(file, { readOnly: true });
const begin = Number(since);
const end = Number(until);
const amount = "COALESCE(SUM(cost_pico / 1000000), 0), COALESCE(SUM(cost_pico % 1000000), 0)";
const all = "COUNT(*), SUM(uncached_in), SUM(cache_read), SUM(cache_write_5m), SUM(cache_write_1h), SUM(out), SUM(reasoning)";
const within = "FROM usage_entries WHERE is_covered = 0 AND at >= ? AND at < ?";
const unpricedTokens = "SUM(CASE WHEN cost_pico IS NULL THEN uncached_in + cache_read + cache_write_5m + cache_write_1h + out END)";

const groups = database
  .prepare(`SELECT model, basis, ${all}, ${amount}, ${unpricedTokens}, MIN(at), MAX(at) ${within} GROUP BY model, basis`)
  .all(begin, end);
const before = database.prepare(`SELECT ${amount} ${within} AND basis = 'metered'`).all(begin - (end - begin), begin);
const unpriced = database.prepare(`SELECT model, COUNT(*), SUM(out) ${within} AND cost_pico IS NULL GROUP BY model`).all(begin, end);
process.stdout.write(`${groups.length} ${before.length} ${unpriced.length}\n`);
