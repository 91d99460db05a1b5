import type { Outcome, Reply } from "../reply.ts";

/** One command that ended. */
export interface AuditEntry {
  /** Names the wish, not the delivery: the same comment arriving twice has one intent. */
  readonly intent: string;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  readonly durationMs: number;
  readonly surface: "slack" | "github";
  /** `slack:T1/U1` or `github:583231`: identifiers, never names, because names can be claimed by others. */
  readonly actor: string;
  readonly actorName: string;
  /** The command's name, or what was typed when there is no such command. */
  readonly command: string;
  /** The whole command as it was understood. */
  readonly text: string;
  readonly repository?: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly reply: Reply;
}

/** Append-only. */
export interface Audit {
  append(entry: AuditEntry): Promise<void>;
  /** How the intent ended, unless it failed: a failed one may run again. */
  finished(intent: string): Promise<AuditEntry | undefined>;
  /** Newest first. */
  latest(limit: number): Promise<readonly AuditEntry[]>;
}
