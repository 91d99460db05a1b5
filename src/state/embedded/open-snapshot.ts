import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import { ServiceError, storage } from "../../errors.ts";
import type { RecordTables } from "../records/tables.ts";
import { Connection } from "./connection.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";

const openWithinMs = 5_000;

export interface Snapshot {
  readonly db: Kysely<RecordTables>;
  close(): void;
}

/**
 * A state file as it stands now, beside a bot that goes on writing: SQLite's readers hold up no writer. It creates and changes nothing.
 *
 * @param needs a table and a column of the newest shape that is read
 * @throws ServiceError that says what to do when there is no such file, or none that can be read
 */
export async function openSnapshot(file: string, needs: { readonly table: string; readonly column: string }): Promise<Snapshot> {
  if (!existsSync(file)) {
    throw unusable(
      `There is no state at ${file} yet. The bot makes it when it starts, and nextrust import does; NEXTRUST_DATA_DIR names its folder.`,
    );
  }
  let connection: Connection | undefined;
  try {
    const reader = new Connection(file, { isReadOnly: true });
    connection = reader;
    await begin(reader, file, needs);
    return { db: new Kysely<RecordTables>({ dialect: embeddedDialect(reader, () => {}) }), close: () => reader.close() };
  } catch (error) {
    connection?.close();
    if (error instanceof ServiceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw unusable(`${file} cannot be read as the state of NeXTRust CI (${reason}).`, error);
  }
}

/** Everything that is read then is of one moment. */
async function begin(connection: Connection, file: string, { table, column }: { table: string; column: string }): Promise<void> {
  const giveUpAt = performance.now() + openWithinMs;
  const start = () => connection.script("BEGIN");
  if (!(await retryWhileBusy(start, () => performance.now() < giveUpAt, Math.random)))
    throw unusable(`${file} is locked by another process.`);
  const columns = connection.all<{ name: string }>("SELECT name FROM pragma_table_info(?)", table);
  if (!columns.some(({ name }) => name === column))
    throw unusable(`${file} was written by an older version: start the bot once, then ask again.`);
}

const unusable = (message: string, cause?: unknown): ServiceError =>
  new ServiceError(message, { service: storage, retryable: false, cause });
