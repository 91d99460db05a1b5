import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { ServiceError, storage } from "../../errors.ts";
import type { Connection } from "./connection.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { migrations } from "./migrations.ts";

/** Brings the tables up to date. Runs inside the caller's transaction, so that of two starting processes one does it and the other waits. */
export async function migrate(connection: Connection, file: string): Promise<void> {
  refuseNewer(connection, file);
  const db = new Kysely<never>({ dialect: embeddedDialect(connection, () => {}) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

function refuseNewer(connection: Connection, file: string): void {
  if (!connection.first("SELECT 1 FROM sqlite_master WHERE name = 'kysely_migration'")) return;
  const unknown = connection.all<{ name: string }>("SELECT name FROM kysely_migration").find(({ name }) => !(name in migrations));
  if (!unknown) return;
  throw new ServiceError(
    `${file} was written by a newer version of NeXTRust CI (it has ${unknown.name}): start that version, or name another file.`,
    { service: storage, retryable: false },
  );
}
