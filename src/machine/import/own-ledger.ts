import type { Destination, FileMark } from "../../pipeline/usage/import/destination.ts";
import type { Appended, LedgerEntry } from "../../pipeline/usage/ledger.ts";
import type { PriceBook } from "../../pipeline/usage/price-book.ts";
import { toEntry } from "../../pipeline/usage/to-entry.ts";

/** The state file, as far as imports need it. */
interface Book {
  put(entries: readonly LedgerEntry[], destination: string, marks: readonly FileMark[]): Promise<readonly Appended[]>;
  close(): void;
}

/** The ledger in this machine's state file. */
export function ownLedgerIn(book: Book, destination: string, prices: PriceBook): Destination {
  return {
    async take(usages, marks) {
      const entries = usages.map((usage) => toEntry(usage, prices));
      const appended = await book.put(entries, destination, marks);
      return entries.map(({ costPico }, at) => ({ outcome: appended[at] ?? "known", costPico }));
    },
    close: () => book.close(),
  };
}

/** Writes nothing: every request is taken for a new one, as nobody looks whether it is known. */
export function nowhere(prices: PriceBook): Destination {
  const seen = new Set<string>();
  return {
    async take(usages) {
      return usages.map((usage) => {
        const outcome = seen.has(usage.id) ? "known" : "recorded";
        seen.add(usage.id);
        return { outcome, costPico: toEntry(usage, prices).costPico };
      });
    },
    close() {},
  };
}
