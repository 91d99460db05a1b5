import { Kysely } from "kysely";
import { ServiceError, storage } from "../../errors.ts";
import { touchedBy } from "../../pipeline/budgets/touched-by.ts";
import type { FileMark } from "../../pipeline/usage/import/destination.ts";
import type { Appended, LedgerEntry, Place } from "../../pipeline/usage/ledger.ts";
import { kyselyBudgets } from "../records/budgets.ts";
import type { RecordTables } from "../records/tables.ts";
import { appendUsage } from "../records/usage-append.ts";
import type { Connection } from "./connection.ts";
import { writeImportMarks } from "./import-marks.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { openConnection } from "./open-connection.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";

const beginWithinMs = 30_000;

/** A state file that imports are written into, also while a bot works with it. */
export interface ImportBook {
  /** Writes requests and how far the files were read, in one transaction. */
  put(entries: readonly LedgerEntry[], destination: string, marks: readonly FileMark[]): Promise<readonly Appended[]>;
  close(): void;
}

/**
 * Opens a state file, creating it where there is none. A bot that works with it looks at the budgets that are touched.
 *
 * @param zone where the periods of budgets begin
 * @throws ServiceError, as openConnection does
 */
export async function openImports(file: string, zone: string): Promise<ImportBook> {
  const connection = await openConnection(file, Math.random);
  const db = new Kysely<RecordTables>({ dialect: embeddedDialect(connection, () => {}) });
  return {
    async put(entries, destination, marks) {
      await begin(connection, file);
      try {
        const moved: Place[] = [];
        const appended = await appendUsage(db, entries, (places) => moved.push(...places));
        const changed = entries.filter((_, index) => appended[index] !== "known");
        await kyselyBudgets(db).touch(touchedBy(changed, zone, Date.now(), moved));
        writeImportMarks(connection, destination, marks);
        connection.run("COMMIT");
        return appended;
      } catch (error) {
        // A full disk makes SQLite roll back by itself.
        if (connection.isInTransaction) connection.run("ROLLBACK");
        throw error;
      }
    },
    close: () => connection.close(),
  };
}

async function begin(connection: Connection, file: string): Promise<void> {
  const giveUpAt = performance.now() + beginWithinMs;
  const isBegun = await retryWhileBusy(
    () => connection.run("BEGIN IMMEDIATE"),
    () => performance.now() < giveUpAt,
    Math.random,
  );
  if (!isBegun) throw new ServiceError(`${file} is locked by another process.`, { service: storage, retryable: true });
}
