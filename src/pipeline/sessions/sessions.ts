import type { CcusageCheck } from "./ccusage-check.ts";
import type { Origin } from "./origin.ts";
import type { OwnTotal } from "./own-total.ts";

/** One session of Claude Code, as far as its hooks have seen it. Times are milliseconds since the epoch. */
export interface Session {
  readonly id: string;
  /** `final`: it has ended, and all that it used is told. It may be resumed, and is open again then. */
  readonly state: "open" | "final";
  /** When its hooks were first heard of. */
  readonly beganAt: number;
  /** When it was started or resumed last. */
  readonly startedAt: number;
  /** When its hooks were last heard of. */
  readonly seenAt: number;
  readonly endedAt?: number;
  /** When its conversation was last made shorter. */
  readonly compactedAt?: number;
  /** Under which name it was finished, by its commit and workflow run. */
  readonly finishedAs?: string;
  /** How it came about first: `startup`, `resume`, `clear`, `compact`, `fork`. */
  readonly source?: string;
  /** The version of the hooks. */
  readonly version: string;
  readonly transcript?: string;
  readonly origin: Origin;
  /** When its usage was read last. */
  readonly capturedAt?: number;
  readonly captureFailed?: CaptureFailure;
  /** Names the answer up to which usage was read. */
  readonly heard?: string;
  readonly ownTotal?: OwnTotal;
  readonly ccusage?: CcusageCheck;
}

/** Why usage could not be read, and how often in a row. */
export interface CaptureFailure {
  /** In a half-sentence. */
  readonly reason: string;
  readonly at: number;
  readonly times: number;
}

/** The sessions of one checkout. */
export interface Sessions {
  find(id: string): Session | undefined;
  /** Changes a session, or begins it, in one step. */
  update(id: string, change: (before: Session | undefined) => Omit<Session, "id">): Session;
  /** Those that were heard of last come first. */
  newest(most: number): readonly Session[];
  /** Open ones of which nothing was heard since then, the oldest first. */
  silentSince(at: number, most: number): readonly Session[];
  /** Forgets sessions that ended before then, with their requests, marks and prompts. */
  forget(before: number): void;
}
