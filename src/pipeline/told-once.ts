import type { Transaction } from "./records.ts";

/** What takes long may run again after a crash: what came of it is told once. */
const noteOf = (wish: string): string => `told:${wish}`;

/** Whether it was told already what came of the wish. */
export const isTold = async (wish: string, { notes }: Pick<Transaction, "notes">): Promise<boolean> =>
  (await notes.find(noteOf(wish))) !== undefined;

/** Notes that it is told, in the transaction that tells it. */
export const noteTold = (wish: string, { notes }: Pick<Transaction, "notes">): Promise<void> => notes.put(noteOf(wish), true);
