import type { KeyvStoreAdapter, StoredData } from "keyv";
import type { Connection } from "./connection.ts";
import type { GroupCommit } from "./group-commit.ts";

const isLive = "(expires_at IS NULL OR expires_at > ?)";
const page = 100;

interface Entry {
  readonly key: string;
  readonly value: string;
}

/** A store for Keyv on the embedded database. Keyv prefixes the keys and serialises the values; this keeps strings and their expiry. */
export class SqliteKeyvStore implements KeyvStoreAdapter {
  /** Keyv offers `iterator` only to dialects on its list. */
  readonly opts: Record<string, unknown> = { dialect: "sqlite", url: "" };
  namespace?: string | undefined;
  readonly #connection: Connection;
  readonly #group: GroupCommit;
  readonly #now: () => number;

  constructor(connection: Connection, group: GroupCommit, now: () => number) {
    this.#connection = connection;
    this.#group = group;
    this.#now = now;
  }

  get<Value>(key: string): Promise<StoredData<Value> | undefined> {
    return this.#group.read(() => this.#find<Value>(key));
  }

  getMany<Value>(keys: string[]): Promise<StoredData<Value | undefined>[]> {
    return this.#group.read(() => keys.map((key) => this.#find<Value>(key)));
  }

  async set(key: string, value: string, ttlMs?: number): Promise<void> {
    await this.#group.write(() => {
      const expiresAt = ttlMs === undefined ? null : this.#now() + ttlMs;
      this.#connection.run("INSERT OR REPLACE INTO keys (key, value, expires_at) VALUES (?, ?, ?)", key, value, expiresAt);
    });
  }

  async delete(key: string): Promise<boolean> {
    return this.deleteMany([key]);
  }

  deleteMany(keys: string[]): Promise<boolean> {
    return this.#group.write(() => keys.filter((key) => this.#connection.run("DELETE FROM keys WHERE key = ?", key) > 0).length > 0);
  }

  async clear(): Promise<void> {
    const [from, to] = this.#range(this.namespace);
    await this.#group.write(() => this.#connection.run("DELETE FROM keys WHERE key >= ? AND key < ?", from, to));
  }

  has(key: string): Promise<boolean> {
    return this.#group.read(() => this.#find(key) !== undefined);
  }

  /** Page by page, so that a large store never stops the process. */
  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    const [from, to] = this.#range(namespace);
    let after = "";
    for (;;) {
      const entries = await this.#group.read(() =>
        this.#connection.all<Entry>(
          `SELECT key, value FROM keys WHERE key >= ? AND key < ? AND key > ? AND ${isLive} ORDER BY key LIMIT ${page}`,
          ...[from, to, after, this.#now()],
        ),
      );
      for (const { key, value } of entries) yield [key, value];
      if (entries.length < page) return;
      after = entries.at(-1)?.key ?? after;
    }
  }

  on(): this {
    return this; // it emits nothing: failures reject the call they belong to
  }

  #find<Value>(key: string): StoredData<Value> | undefined {
    const row = this.#connection.first<Entry>(`SELECT key, value FROM keys WHERE key = ? AND ${isLive}`, key, this.#now());
    // Keyv parses the string that it handed over; its type knows only the parsed value.
    return row?.value as StoredData<Value> | undefined;
  }

  /** All keys `namespace:…`; `;` follows `:`. */
  #range(namespace: string | undefined): readonly [from: string, to: string] {
    return namespace === undefined ? ["", "\u{10ffff}"] : [`${namespace}:`, `${namespace};`];
  }
}
