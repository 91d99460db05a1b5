import { DatabaseSync } from "node:sqlite";

/** What was asked of a bot between two moments, in milliseconds since the epoch. */
export interface Asked {
  readonly accepted: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Looks into the file of a bot that was killed: what it acknowledged must be in there.
 *
 * @returns how many commands its worker answered a second in each span
 * @throws when anything is missing: then the figures are worth nothing
 */
export function readStored(stateFile: string, spans: readonly Asked[]): readonly number[] {
  const database = new DatabaseSync(stateFile);
  const stored = Number(database.prepare("SELECT count(*) AS count FROM jobs WHERE task = 'answer'").get()?.count);
  const answered = database.prepare("SELECT count(*) AS count FROM audit WHERE ended_at BETWEEN ? AND ?");
  const rates = spans.map(({ from, to }) => Number(answered.get(from, to)?.count) / ((to - from) / 1000));
  database.close();

  const accepted = spans.reduce((sum, span) => sum + span.accepted, 0);
  if (stored < accepted) throw new Error(`${accepted} deliveries were acknowledged, and ${stored} stored.`);
  return rates;
}
