import type { Destination, FileMark } from "../../pipeline/usage/import/destination.ts";
import { precedenceOf } from "../../pipeline/usage/precedence.ts";
import { allTokens, type Usage } from "../../pipeline/usage/usage.ts";
import { count, type Tally } from "./tally.ts";

/** As many as a bot takes by far, in a transaction that holds nobody up for long. */
const mostRequests = 500;
/** Files without new requests are marked together. */
const mostMarks = 200;

/** Gathers requests and marks until they are worth a transaction. */
export class Batch {
  readonly #destination: Destination;
  readonly #tally: Tally;
  readonly #usages = new Map<string, Usage>();
  readonly #marks = new Map<string, FileMark>();

  constructor(destination: Destination, tally: Tally) {
    this.#destination = destination;
    this.#tally = tally;
  }

  get isFull(): boolean {
    return this.#usages.size >= mostRequests || this.#marks.size >= mostMarks;
  }

  /** Of copies of one request the fullest goes on. */
  add(usage: Usage): void {
    const before = this.#usages.get(usage.id);
    if (before) this.#tally.requests.copies += 1;
    if (!before || isBetter(usage, before)) this.#usages.set(usage.id, usage);
  }

  /** Everything that the file tells before the mark has been added. */
  mark(mark: FileMark): void {
    this.#marks.set(mark.path, mark);
  }

  async flush(): Promise<void> {
    const usages = [...this.#usages.values()];
    const marks = [...this.#marks.values()];
    if (usages.length + marks.length === 0) return;
    this.#usages.clear();
    this.#marks.clear();
    count(this.#tally, usages, await this.#destination.take(usages, marks));
  }
}

/** As the ledger decides; the tokens come first there, and almost always settle it. */
function isBetter(one: Usage, other: Usage): boolean {
  const more = allTokens(one.tokens) - allTokens(other.tokens);
  return more === 0 ? precedenceOf({ ...one, pricedBy: "" }) > precedenceOf({ ...other, pricedBy: "" }) : more > 0;
}
