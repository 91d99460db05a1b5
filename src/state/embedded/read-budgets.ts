import type { ReadsBudgets } from "../../pipeline/budgets/standing.ts";
import { kyselyBudgets } from "../records/budgets.ts";
import { kyselyLedger } from "../records/ledger.ts";
import { kyselyReservations } from "../records/reservations.ts";
import { openSnapshot } from "./open-snapshot.ts";

/**
 * Reads the budgets of a state file.
 *
 * @throws ServiceError, as openSnapshot does
 */
export async function readBudgets(file: string): Promise<ReadsBudgets & { close(): void }> {
  const { db, close } = await openSnapshot(file, { table: "budget_crossings", column: "taken_back_at" });
  return { ledger: kyselyLedger(db), budgets: kyselyBudgets(db), reservations: kyselyReservations(db), close };
}
