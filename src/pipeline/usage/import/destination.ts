import type { Appended } from "../ledger.ts";
import type { PicoUsd } from "../money.ts";
import type { Usage } from "../usage.ts";

/** How far a file was read for a destination. */
export interface FileMark {
  readonly path: string;
  /** Bytes: everything before it is told. */
  readonly position: number;
  /** Of the beginning and of what stands before the position: a file that was replaced has another. */
  readonly fingerprint: string;
  /** What the file system said of the file when it was read; as long as it says the same, the file is not opened. */
  readonly seen: string;
}

/** What became of a request. */
export interface Taken {
  /** `refused`: a bot would not take it, as it says. */
  readonly outcome: Appended | "refused";
  /** undefined: no price is known; null: whoever took it did not say. */
  readonly costPico: PicoUsd | undefined | null;
  readonly why?: string;
}

/** Where imported requests go. */
export interface Destination {
  /**
   * Takes requests and remembers how far the files were read that tell of them: both or neither.
   *
   * @returns what became of each, in their order
   */
  take(usages: readonly Usage[], marks: readonly FileMark[]): Promise<readonly Taken[]>;
  close(): void;
}
