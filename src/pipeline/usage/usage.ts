import type { PicoUsd } from "./money.ts";

export const providers = ["anthropic", "openai", "google", "other"] as const;
export type Provider = (typeof providers)[number];

/** Who pays how: by the request, by a subscription, or nobody. Only what is metered counts against a budget. */
export const bases = ["metered", "subscription", "free"] as const;
export type Basis = (typeof bases)[number];

/** Whole numbers of tokens; nothing is in two of them, but `reasoning`, which is a part of `out`. */
export interface Tokens {
  readonly uncachedIn: number;
  readonly cacheRead: number;
  /** Written into a cache that is kept for 5 minutes. */
  readonly cacheWrite5m: number;
  /** Written into a cache that is kept for an hour. */
  readonly cacheWrite1h: number;
  readonly out: number;
  readonly reasoning: number;
}

/** What it was used for; everything may be unknown. */
export interface Attribution {
  readonly session?: string;
  /** `owner/name` */
  readonly repository?: string;
  readonly pullRequest?: number;
  /** GitHub's id of the workflow run. */
  readonly runId?: number;
  /** Of that run. */
  readonly attempt?: number;
  /** The commit that was checked out; of a pull request its head. */
  readonly headSha?: string;
  readonly phase?: string;
  /** Who: a login, or the name of an account on a machine. */
  readonly actor?: string;
}

/** One request to a model, as its source tells of it. */
export interface Usage extends Attribution {
  /** Names the request for ever: `anthropic:msg_01…`. The same one may be told many times, more fully each time. */
  readonly id: string;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  readonly provider: Provider;
  readonly model: string;
  /** Through what it was asked: `claude-code`, `openai-api`, `gemini-cli`. */
  readonly service: string;
  readonly basis: Basis;
  readonly tokens: Tokens;
  /** What the source says that it cost; it counts where the price book knows no price. */
  readonly statedPico?: PicoUsd;
  /** The work of a sub-agent: the copy of a request in its own session's file is preferred to one there. */
  readonly isSidechain?: true;
  /** The reservation that it uses up. */
  readonly reservation?: string;
  /**
   * It is no request but the sum of many, by this key: `session:<id>` of its session, `day:<provider>:<yyyy-mm-dd>` (UTC). It counts only as
   * long as none of these requests is in the ledger. Prices that depend on the request cannot be worked out from it: the stated cost counts first.
   */
  readonly sumOf?: string;
}

export const noTokens: Tokens = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };

/** @param times -1 takes the other away */
export const plusTokens = (one: Tokens, other: Tokens, times: 1 | -1 = 1): Tokens => ({
  uncachedIn: one.uncachedIn + times * other.uncachedIn,
  cacheRead: one.cacheRead + times * other.cacheRead,
  cacheWrite5m: one.cacheWrite5m + times * other.cacheWrite5m,
  cacheWrite1h: one.cacheWrite1h + times * other.cacheWrite1h,
  out: one.out + times * other.out,
  reasoning: one.reasoning + times * other.reasoning,
});

export const tokensIn = ({ uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): number =>
  uncachedIn + cacheRead + cacheWrite5m + cacheWrite1h;

export const allTokens = (tokens: Tokens): number => tokensIn(tokens) + tokens.out;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const sessionSum = (session: string): string => `session:${session}`;
export const daySum = (provider: Provider, at: number): string => `day:${provider}:${dayOf(at)}`;

/** The sums that give way to it: a request's session and day; where it is itself the sum of a session, the day. */
export function sumsWith({ session, provider, at, sumOf }: Pick<Usage, "session" | "provider" | "at" | "sumOf">): readonly string[] {
  if (sumOf !== undefined) return sumOf.startsWith("session:") ? [daySum(provider, at)] : [];
  return [daySum(provider, at), ...(session === undefined ? [] : [sessionSum(session)])];
}
