import type { Transaction } from "../records.ts";

/** `away`: no answer, or none that helps. `busy`: it asks us to wait, again and again. `refused`: somebody has to set something right. */
export type Trouble = "away" | "busy" | "refused";

/** How the pager fails, while it does. */
export interface PagerState {
  /** Milliseconds since the epoch. */
  readonly downSince: number;
  readonly trouble: Trouble;
  /** In our own words. */
  readonly error: string;
  /** What did not arrive at the first try, by the id of its job. */
  readonly pages: Readonly<Record<string, { readonly incident: number; readonly fate: "late" | "refused" }>>;
  /** The channels that were told. */
  readonly toldIn: readonly string[];
}

/** It stays for a while when it is over, so that a pager that comes and goes is one outage. */
export interface StoredState extends PagerState {
  readonly backAt?: number;
}

const noteKey = "pager:state";

export const storedState = ({ notes }: Pick<Transaction, "notes">): Promise<StoredState | undefined> => notes.find<StoredState>(noteKey);

export const storeState = ({ notes }: Pick<Transaction, "notes">, state: StoredState): Promise<void> => notes.put(noteKey, state as never);

/** How the pager fails now; undefined while it works, as far as we know. */
export async function pagerState(tx: Pick<Transaction, "notes">): Promise<PagerState | undefined> {
  const state = await storedState(tx);
  return state && state.backAt === undefined ? state : undefined;
}
