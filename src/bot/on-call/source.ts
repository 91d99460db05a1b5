import type { Reading } from "../../pipeline/on-call/duty.ts";
import type { Records } from "../../pipeline/records.ts";

/** What a schedule is read from. Undefined when that could never be read; it never throws because something is away. */
export type Source = (moment: number) => Promise<Reading | undefined>;

export interface SourceNeeds {
  /** Asks Slack who is in a user group. */
  membersOf(group: string): Promise<readonly string[]>;
  readonly records: Records;
  readonly now: () => number;
  readonly log: { warn(fields: object, message: string): void };
  /** How long a calendar may take to be fetched, and then to be read. */
  readonly limits?: { readonly fetchMs?: number; readonly readMs?: number };
}
