import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import { ServiceError, storage } from "../../errors.ts";
import type { AuditSearch } from "../../pipeline/audit.ts";
import { kyselyAuditSearch } from "../records/audit-search.ts";
import type { RecordTables } from "../records/tables.ts";
import { Connection } from "./connection.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";

const openWithinMs = 5_000;

export interface AuditReader extends AuditSearch {
  close(): void;
}

/**
 * Reads the audit of a state file as it stands now, beside a bot that goes on writing: SQLite's readers hold up no writer. It creates and
 * changes nothing.
 *
 * @throws ServiceError that says what to do when there is no such file, or none that can be read
 */
export async function readAudit(file: string): Promise<AuditReader> {
  if (!existsSync(file)) {
    throw unusable(`There is no state at ${file} yet. It is made when the bot starts; NEXTRUST_DATA_DIR names its folder.`);
  }
  let connection: Connection | undefined;
  try {
    const reader = new Connection(file, { isReadOnly: true });
    connection = reader;
    await takeSnapshot(reader, file);
    const db = new Kysely<RecordTables>({ dialect: embeddedDialect(reader, () => {}) });
    return { ...kyselyAuditSearch(db), close: () => reader.close() };
  } catch (error) {
    connection?.close();
    if (error instanceof ServiceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw unusable(`${file} cannot be read as the state of NeXTRust CI (${reason}).`, error);
  }
}

/** Everything that is read then is of one moment. */
async function takeSnapshot(connection: Connection, file: string): Promise<void> {
  const giveUpAt = performance.now() + openWithinMs;
  const begin = () => connection.script("BEGIN");
  if (!(await retryWhileBusy(begin, () => performance.now() < giveUpAt, Math.random)))
    throw unusable(`${file} is locked by another process.`);
  const isReady = connection.all<{ name: string }>("PRAGMA table_info(audit)").some(({ name }) => name === "pull_request");
  if (!isReady) throw unusable(`${file} was written by an older version: start the bot once, then ask again.`);
}

const unusable = (message: string, cause?: unknown): ServiceError =>
  new ServiceError(message, { service: storage, retryable: false, cause });
