import type { Transaction } from "../records.ts";
import type { Standing } from "./order.ts";

const noteOf = (key: string): string => `incident-standing:${key}`;

export const standingOf = (key: string, { notes }: Pick<Transaction, "notes">): Promise<Standing | undefined> =>
  notes.find<Standing>(noteOf(key));

export const putStanding = (key: string, standing: Standing, { notes }: Pick<Transaction, "notes">): Promise<void> =>
  notes.put(noteOf(key), standing as never);
