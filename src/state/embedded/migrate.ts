import { Kysely } from "kysely";
import { ServiceError, storage } from "../../errors.ts";
import type { Connection } from "./connection.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { migrations } from "./migrations.ts";

// The table that kysely's own migrator makes, under whose name files of earlier versions have it. That one looks at every table of the
// database several times, which every start would wait for.
const table = "CREATE TABLE IF NOT EXISTS kysely_migration (name varchar(255) NOT NULL PRIMARY KEY, timestamp varchar(255) NOT NULL)";

/** Brings the tables up to date. Runs inside the caller's transaction, so that of two starting processes one does it and the other waits. */
export async function migrate(connection: Connection, file: string): Promise<void> {
  connection.script(table);
  const applied = new Set(connection.all<{ name: string }>("SELECT name FROM kysely_migration").map(({ name }) => name));
  refuseNewer(applied, file);
  const missing = Object.entries(migrations).filter(([name]) => !applied.has(name));
  const db = new Kysely<never>({ dialect: embeddedDialect(connection, () => {}) });
  for (const [name, { up }] of missing) {
    await up(db);
    connection.run("INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)", name, new Date().toISOString());
  }
}

function refuseNewer(applied: ReadonlySet<string>, file: string): void {
  const unknown = [...applied].find((name) => !(name in migrations));
  if (unknown === undefined) return;
  throw new ServiceError(
    `${file} was written by a newer version of NeXTRust CI (it has ${unknown}): start that version, or name another file.`,
    { service: storage, retryable: false },
  );
}
