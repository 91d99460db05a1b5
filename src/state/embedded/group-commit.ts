import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError, storage } from "../../errors.ts";
import type { Connection } from "./connection.ts";
import { type PendingWork, PendingWorks } from "./pending-works.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";
import { toServiceError } from "./sqlite-errors.ts";
import { within } from "./within.ts";

export interface WriteOptions {
  /** Give up, never running the work, when it could not begin by then. */
  readonly beginWithinMs?: number;
}

interface Scope {
  isOpen: boolean;
  readonly afterCommit: Set<() => void>;
}

/** How one work ended inside its group, told to its caller only after the commit. */
interface End {
  readonly work: PendingWork;
  readonly scope: Scope;
  readonly outcome: { readonly value: unknown } | { readonly error: unknown };
}

const beginWithinMs = 5_000;
/** A commit takes about as long; nobody waits longer for company. */
const gatherMs = 2;
/** The event loop gets its turn, and waiting callers their answer, at least this often. */
const groupMs = 20;
/** A work that awaits something foreign would hold up everybody: it is given up. */
const workMs = 10_000;

/**
 * The only way to the connection. Works that wait at the same time share one durable commit: each in its own savepoint, one after the
 * other in order of arrival, and nobody hears of success before the commit. Reads never see a half-done group.
 */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #random: () => number;
  readonly #pending = new PendingWorks();
  readonly #scope = new AsyncLocalStorage<Scope>();
  #reads: (() => void)[] = [];
  #isOpen = false;
  #flushing: Promise<void> | undefined;
  #isClosed = false;

  constructor(connection: Connection, random: () => number) {
    this.#connection = connection;
    this.#random = random;
  }

  write<T>(run: () => T | Promise<T>, options: WriteOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#assertUsable();
      // The value is what `run` returned; the cast only forgets its type for the shared list.
      const work: PendingWork = { run, resolve: resolve as (value: unknown) => void, reject };
      this.#pending.add(work, options.beginWithinMs ?? beginWithinMs);
      this.#flushing ??= this.#flush();
    });
  }

  /** Runs a query between groups. */
  read<T>(query: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#assertUsable();
      const run = () => {
        try {
          resolve(query());
        } catch (error) {
          reject(toServiceError(error));
        }
      };
      if (this.#isOpen) this.#reads.push(run);
      else run();
    });
  }

  /** For code that was given a transaction: throws when that has ended, instead of writing into somebody else's. */
  assertInside(): void {
    if (!this.#scope.getStore()?.isOpen) throw new Error("A transaction was used after it ended: await everything inside it.");
  }

  /** Called inside a work: the action happens when the work is committed, once however often it was asked for. */
  afterCommit(action: () => void): void {
    this.#scope.getStore()?.afterCommit.add(action);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#flushing;
    this.#connection.close();
  }

  #assertUsable(): void {
    if (this.#isClosed) throw new ServiceError("The database is closed.", { service: storage, retryable: true });
    if (this.#scope.getStore()?.isOpen) throw new Error("State was used inside a transaction: use the transaction's own ports there.");
  }

  async #flush(): Promise<void> {
    while (!this.#pending.isEmpty) {
      await this.#gather();
      await this.#group();
    }
    this.#flushing = undefined;
  }

  /** Waits while every turn of the event loop brings more: a commit costs the same for one work as for many. */
  async #gather(): Promise<void> {
    const endsAt = performance.now() + gatherMs;
    let before: number;
    do {
      before = this.#pending.size;
      await nextTurn();
    } while (this.#pending.size > before && performance.now() < endsAt);
  }

  async #group(): Promise<void> {
    try {
      const begin = () => this.#connection.run("BEGIN IMMEDIATE");
      if (!(await retryWhileBusy(begin, () => !this.#pending.isEmpty, this.#random))) return;
    } catch (error) {
      this.#pending.rejectAll(toServiceError(error));
      return;
    }
    this.#isOpen = true;
    const ends = await this.#runWorks();
    const failure = this.#commit();
    this.#isOpen = false;

    for (const read of this.#reads.splice(0)) read();
    for (const { work, scope, outcome } of ends) {
      if ("error" in outcome) work.reject(toServiceError(outcome.error));
      else if (failure) work.reject(failure.error);
      else {
        for (const action of scope.afterCommit) action();
        work.resolve(outcome.value);
      }
    }
  }

  async #runWorks(): Promise<readonly End[]> {
    const ends: End[] = [];
    const endsAt = performance.now() + groupMs;
    while (this.#connection.isInTransaction && (ends.length === 0 || performance.now() < endsAt)) {
      const work = this.#pending.next();
      if (!work) break;
      ends.push(await this.#runOne(work));
    }
    return ends;
  }

  async #runOne(work: PendingWork): Promise<End> {
    const scope: Scope = { isOpen: true, afterCommit: new Set() };
    try {
      this.#connection.run("SAVEPOINT work");
      const result = this.#scope.run(scope, work.run);
      const value = result instanceof Promise ? await within(workMs, result) : result;
      scope.isOpen = false;
      this.#connection.run("RELEASE work");
      return { work, scope, outcome: { value } };
    } catch (error) {
      scope.isOpen = false;
      this.#undoOne();
      return { work, scope, outcome: { error } };
    }
  }

  #undoOne(): void {
    // A full or failing disk makes SQLite roll back everything by itself; then the whole group is lost.
    if (!this.#connection.isInTransaction) return;
    try {
      this.#connection.run("ROLLBACK TO work");
      this.#connection.run("RELEASE work");
    } catch {
      if (this.#connection.isInTransaction) this.#connection.run("ROLLBACK");
    }
  }

  #commit(): { readonly error: unknown } | undefined {
    try {
      if (!this.#connection.isInTransaction) {
        throw new ServiceError("The database gave up the transaction.", { service: storage, retryable: true });
      }
      this.#connection.run("COMMIT");
      return undefined;
    } catch (error) {
      if (this.#connection.isInTransaction) this.#connection.run("ROLLBACK");
      return { error: toServiceError(error) };
    }
  }
}
