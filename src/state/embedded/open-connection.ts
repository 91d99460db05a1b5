import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ServiceError, storage } from "../../errors.ts";
import { Connection } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";
import { resultCode } from "./sqlite-errors.ts";

const openWithinMs = 5_000;
const notADatabase = 26;

/** Opens the file, creating it and its folder, with tables up to date. Throws a ServiceError whose message says what to do. */
export async function openConnection(file: string, random: () => number): Promise<Connection> {
  let connection: Connection | undefined;
  try {
    if (file !== ":memory:") mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 });
    connection = new Connection(file);
    await prepare(connection, file, random);
    return connection;
  } catch (error) {
    connection?.close();
    throw error instanceof ServiceError ? error : toOpenError(file, error);
  }
}

async function prepare(connection: Connection, file: string, random: () => number): Promise<void> {
  const giveUpAt = performance.now() + openWithinMs;
  const soonEnough = async (action: () => void) => {
    if (await retryWhileBusy(action, () => performance.now() < giveUpAt, random)) return;
    throw new ServiceError(`${file} is locked by another process: stop that process, or name another file.`, {
      service: storage,
      retryable: true,
    });
  };
  // Measured with rows of 1 and 14 KB: larger pages store the small ones up to a third slower and the large ones no faster. Of the WAL
  // sizes, 1,000 pages cost a quarter of the throughput, and 4,000 stop the process for twice as long while they are copied back.
  await soonEnough(() =>
    connection.script("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000"),
  );
  await soonEnough(() => connection.script("BEGIN IMMEDIATE"));
  await migrate(connection, file);
  connection.script("COMMIT");
}

function toOpenError(file: string, cause: unknown): ServiceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message =
    resultCode(cause) === notADatabase
      ? `${file} is not a database of NeXTRust CI: move it away, or name another file.`
      : `The database ${file} cannot be opened (${reason}): check that its folder exists and may be written, or name another file.`;
  return new ServiceError(message, { service: storage, retryable: false, cause });
}
