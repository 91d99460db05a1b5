import { existsSync } from "node:fs";
import type { FileMark } from "../../pipeline/usage/import/destination.ts";
import { Connection } from "./connection.ts";

/** What is read for this machine's own state file; else it is the address of the bot. */
export const ownLedger = "";

/**
 * How far files were read for a destination, by their paths. Only SQLite is loaded for it: mostly nothing has changed since, and then it is all
 * that an import does.
 *
 * @returns nothing where there is no state yet, or none that can be read
 */
export function readImportMarks(file: string, destination: string): ReadonlyMap<string, FileMark> {
  if (!existsSync(file)) return new Map();
  let connection: Connection | undefined;
  try {
    connection = new Connection(file, { isReadOnly: true });
    const marks = connection.all<FileMark>("SELECT path, position, fingerprint, seen FROM import_files WHERE destination = ?", destination);
    return new Map(marks.map((mark) => [mark.path, mark]));
  } catch {
    // Without the marks every file is read anew, which changes nothing; what is wrong with the state shows when it is written.
    return new Map();
  } finally {
    connection?.close();
  }
}

export function writeImportMarks(connection: Connection, destination: string, marks: readonly FileMark[]): void {
  for (const { path, position, fingerprint, seen } of marks) {
    connection.run(
      `INSERT INTO import_files (destination, path, position, fingerprint, seen) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (destination, path) DO UPDATE SET position = excluded.position, fingerprint = excluded.fingerprint, seen = excluded.seen`,
      destination,
      path,
      position,
      fingerprint,
      seen,
    );
  }
}
