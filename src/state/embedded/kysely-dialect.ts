import type { SQLInputValue } from "node:sqlite";
import { type DatabaseConnection, type Dialect, type Driver, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { Connection } from "./connection.ts";

/** Kysely on the process's one connection. `assertUsable` runs before every query. */
export function embeddedDialect(connection: Connection, assertUsable: () => void): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(connection, assertUsable),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function createDriver(connection: Connection, assertUsable: () => void): Driver {
  const shared: DatabaseConnection = {
    async executeQuery({ sql, parameters }) {
      assertUsable();
      // Our tables hold text and numbers only; node:sqlite refuses anything it cannot bind.
      const { rows, changes } = connection.execute(sql, parameters as readonly SQLInputValue[]);
      return { rows: rows as never[], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new Error("The embedded database does not stream.");
    },
  };
  return {
    init: async () => {},
    acquireConnection: async () => shared,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

async function refuse(): Promise<never> {
  throw new Error("Transactions of the embedded database go through its group commit.");
}
