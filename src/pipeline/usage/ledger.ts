import type { PicoUsd } from "./money.ts";
import type { Attribution, Basis, Provider, Tokens, Usage } from "./usage.ts";

/** A request with its cost. */
export interface LedgerEntry extends Usage {
  /** Absent where no price is known: unpriced, which is not nothing. */
  readonly costPico?: PicoUsd;
  /** `claude-sonnet-4-5@2025-09-29` (the price and the day from which it holds), `stated`, `free`, `unpriced`, or `reserved` (at most this, see reservations). */
  readonly pricedBy: string;
}

/**
 * `recorded` for the first time · `amended`: it was told more fully than before, or in a better copy · `known`: nothing new ·
 * `covered`: a sum whose requests are in the ledger, or which gave way to them.
 */
export type Appended = "recorded" | "amended" | "known" | "covered";

/** Where a request counts. */
export type Place = Pick<LedgerEntry, "at" | "basis"> & Pick<Attribution, "session" | "repository" | "pullRequest">;

/** What sums can be taken by. `day` is the day in the zone that the query names. */
export const usageKeys = ["model", "provider", "service", "basis", "phase", "actor", "session", "pr", "day"] as const;
export type UsageKey = (typeof usageKeys)[number];

export interface UsageQuery {
  /** Milliseconds since the epoch: from `since` on, before `until`. */
  readonly since?: number;
  readonly until?: number;
  readonly session?: string;
  readonly repository?: string;
  readonly pullRequest?: number;
  /** Of any of these workflow runs; at most 1,000. */
  readonly runIds?: readonly number[];
  readonly model?: string;
  /** Any of these names. */
  readonly models?: readonly string[];
  readonly service?: string;
  /** What used up one reservation. */
  readonly reservation?: string;
}

/** One group of requests. */
export interface UsageSum {
  /** The value of each key asked for, in their order; undefined where the requests do not say. A pull request is `owner/name#12`. */
  readonly group: readonly (string | undefined)[];
  readonly requests: number;
  readonly sessions: number;
  readonly tokens: Tokens;
  /** What the priced requests cost; a subscription's at list prices, which nobody was billed for. */
  readonly costPico: Readonly<Record<Basis, PicoUsd>>;
  /** Tokens, in and out, of requests without a price. */
  readonly unpricedTokens: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The same without its sessions, which take as long to count as all the rest to add up. */
export type UsageTotal = Omit<UsageSum, "sessions">;

/** The book of every request to a model, with what it cost. */
export interface Ledger {
  /**
   * Writes requests down, each once by its id. Of several tellings of one the fullest stays, whatever their order; a sum gives way to the
   * requests it is of.
   *
   * @param onMoved hears of other places where something has changed: those that amended requests left, and those of sums that count now, or no more
   * @returns what became of each, in their order
   */
  append(entries: readonly LedgerEntry[], onMoved?: (places: readonly Place[]) => void): Promise<readonly Appended[]>;
  /** Lets the sum of that name count no more, because what it stood for is known now. */
  retract(sumOf: string): Promise<void>;
  /** Sums over what fits the query, the dearest first; one group at most where no key is asked for. Any grouping adds up to the whole, exactly. */
  sums(query: UsageQuery, by: readonly UsageKey[], zone?: string): Promise<readonly UsageSum[]>;
  /** What metered requests cost from `since` on, before `until`: for budgets, so that it must be quick. */
  meteredPico(query: UsageQuery): Promise<PicoUsd>;
  /** How many requests there were, and when the newest was. */
  count(query: UsageQuery): Promise<{ readonly requests: number; readonly lastAt?: number }>;
  /** How many sessions there were, counted no further than that: quick where `sums` is not. */
  countSessions(query: UsageQuery, most: number): Promise<number>;
  /** All names of models that were ever told. */
  modelNames(): Promise<readonly string[]>;
  /** Models without a price, most tokens first. */
  unpriced(
    query: UsageQuery,
  ): Promise<readonly { readonly model: string; readonly provider: Provider; readonly tokens: number; readonly requests: number }[]>;
}
