import type { Ledger } from "../../pipeline/usage/ledger.ts";
import { kyselyLedger } from "../records/ledger.ts";
import { openSnapshot } from "./open-snapshot.ts";

export interface LedgerReader extends Omit<Ledger, "append" | "retract"> {
  close(): void;
}

/**
 * Reads the ledger of a state file.
 *
 * @throws ServiceError, as openSnapshot does
 */
export async function readLedger(file: string): Promise<LedgerReader> {
  const { db, close } = await openSnapshot(file, { table: "usage_entries", column: "precedence" });
  const { append: _, retract: __, ...reader } = kyselyLedger(db);
  return { ...reader, close };
}
