/** An entry of the Actions cache; keys repeat across refs. */
export interface ActionsCache {
  readonly id: number;
  readonly ref: string;
  readonly key: string;
  readonly version: string;
  readonly sizeInBytes: number;
  readonly createdAt: string;
  readonly lastAccessedAt: string;
}

export type NewCache = Pick<ActionsCache, "key" | "ref" | "sizeInBytes">;

export class Caches {
  #lastId = 500;
  readonly #entries = new Map<string, ActionsCache[]>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  of(repository: string): readonly ActionsCache[] {
    return this.#entries.get(repository) ?? [];
  }

  add(repository: string, entry: NewCache): ActionsCache {
    const id = ++this.#lastId;
    const now = new Date().toISOString();
    const version = id.toString(16).padStart(64, "0");
    const added = { ...entry, id, version, createdAt: now, lastAccessedAt: now };
    this.#entries.set(repository, [...this.of(repository), added]);
    this.#onChange();
    return added;
  }

  /** Deletes what matches and gives it back. */
  delete(repository: string, matches: (entry: ActionsCache) => boolean): ActionsCache[] {
    const deleted = this.of(repository).filter(matches);
    this.#entries.set(
      repository,
      this.of(repository).filter((entry) => !matches(entry)),
    );
    if (deleted.length > 0) this.#onChange();
    return deleted;
  }
}
