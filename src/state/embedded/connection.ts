import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

export interface Result {
  readonly rows: readonly Record<string, unknown>[];
  readonly changes: number | bigint;
}

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** How long a statement may block the whole process for another one's lock; what takes longer is retried without blocking. */
const busyTimeoutMs = 25;
const mostStatements = 300;

/** One synchronous SQLite connection that prepares each statement once. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(file: string, { isReadOnly = false }: { readonly isReadOnly?: boolean } = {}) {
    // An integer beyond 2^53 throws when it is read as a number: node:sqlite never rounds silently.
    this.#database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true, readOnly: isReadOnly });
  }

  /** False outside a transaction, also after SQLite itself rolled one back because the disk was full or failing. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  execute(sql: string, parameters: readonly SQLInputValue[] = []): Result {
    const { statement, returnsRows } = this.#prepare(sql);
    if (returnsRows) return { rows: statement.all(...parameters), changes: 0 };
    return { rows: [], changes: statement.run(...parameters).changes };
  }

  all<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row[] {
    return this.#prepare(sql).statement.all(...parameters) as Row[];
  }

  first<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).statement.get(...parameters) as Row | undefined;
  }

  /** How many rows it changed. */
  run(sql: string, ...parameters: readonly SQLInputValue[]): number {
    return Number(this.#prepare(sql).statement.run(...parameters).changes);
  }

  /** Several statements at once, unprepared. */
  script(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    // Our statements are few; only lists of varying length could make them many.
    if (this.#prepared.size >= mostStatements) this.#prepared.clear();
    const statement = this.#database.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
