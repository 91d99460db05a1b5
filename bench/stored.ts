import { DatabaseSync } from "node:sqlite";

/**
 * Looks into the file of a bot that was killed: what it acknowledged must be in there.
 *
 * @throws when anything is missing: then the figure is worth nothing
 */
export function assertStored(stateFile: string, accepted: number): void {
  const database = new DatabaseSync(stateFile);
  const row = database.prepare("SELECT count(*) AS stored FROM jobs WHERE task = 'answer'").get();
  database.close();
  if (Number(row?.stored) < accepted) throw new Error(`${accepted} deliveries were acknowledged, and ${row?.stored} stored.`);
}
