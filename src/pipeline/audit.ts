import type { Outcome, Reply } from "../reply.ts";

export type AuditSurface = "slack" | "github" | "session";

/** One command that ended. */
export interface AuditEntry {
  /** Names the wish, not the delivery: the same comment arriving twice has one intent. */
  readonly intent: string;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  readonly durationMs: number;
  readonly surface: AuditSurface;
  /**
   * `slack:T1/U1` or `github:583231`: identifiers, never names, because names can be claimed by others. Of a session of Claude Code, whose person
   * is known by what their machine says only, `session:<id>`.
   */
  readonly actor: string;
  readonly actorName: string;
  /** The command's name, or what was typed when there is no such command. */
  readonly command: string;
  /** The whole command as it was understood. */
  readonly text: string;
  readonly repository?: string;
  /** The pull request that it was about, or else written on. */
  readonly pullRequest?: number;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly reply: Reply;
}

/** One line of the audit, without the words of the reply. Later lines have greater ids. */
export interface AuditRow extends Omit<AuditEntry, "reply"> {
  readonly id: number;
}

/** A person, by whichever of these is known: any one that fits is enough. */
export interface AuditActor {
  /** A login or a Slack name in any case, as it was when the command was given. */
  readonly name?: string;
  readonly accountId?: number;
  /** Id of a person in Slack. */
  readonly slackUser?: string;
}

/** What is looked for; all of it must hold. Times are milliseconds since the epoch. */
export interface AuditFilter {
  /** In any case. Absent: everything, that of no repository too. */
  readonly repository?: string;
  readonly pullRequest?: number;
  readonly actor?: AuditActor;
  readonly command?: string;
  readonly outcome?: Outcome;
  /** Inclusive. */
  readonly since?: number;
  /** Exclusive. */
  readonly until?: number;
}

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** How many more there are behind these. */
  readonly more: number;
}

/** Reads the audit and nothing else. */
export interface AuditSearch {
  /** Newest first; `before` is the id of the last row of the page before. */
  search(filter: AuditFilter, page: { readonly limit: number; readonly before?: number }): Promise<AuditPage>;
}

/** Append-only. */
export interface Audit extends AuditSearch {
  append(entry: AuditEntry): Promise<void>;
  /** How the intent ended, unless it failed: a failed one may run again. */
  finished(intent: string): Promise<AuditEntry | undefined>;
  /** Newest first. */
  latest(limit: number): Promise<readonly AuditEntry[]>;
}
