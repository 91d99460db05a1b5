import type { PicoUsd } from "../usage/money.ts";
import type { Attribution } from "../usage/usage.ts";
import type { ChannelName } from "./channel.ts";
import type { Purpose } from "./prompt.ts";
import type { Failure } from "./provider.ts";

/** A question to a channel, with all the calls that it took. */
export interface Ask extends Pick<Attribution, "repository" | "pullRequest" | "runId" | "headSha" | "phase" | "actor"> {
  /** Names it for ever: whoever comes with it again, after a crash, asks the same. */
  readonly id: string;
  readonly purpose: Purpose;
  readonly channel: ChannelName;
  /** `review@3` */
  readonly prompt: string;
}

/** `partly`: some of its calls were answered. `refused`: no money, or a limit; nobody was asked. */
export type AskOutcome = "answered" | "partly" | "failed" | "refused";

export interface AskEnd {
  readonly outcome: AskOutcome;
  /** Who answered, or failed last. */
  readonly service?: string;
  readonly model?: string;
  readonly failure?: Failure;
  /** What is known of its cost; 0 for an answer that was kept from before. */
  readonly costPico?: PicoUsd;
  /** Nobody was asked, as the answer was there already. */
  readonly isCached?: true;
}

export interface StoredAsk extends Ask {
  /** When it was begun first, in milliseconds since the epoch. */
  readonly at: number;
  /** How often it was begun: more than once after a crash. */
  readonly tries: number;
  readonly end?: AskEnd & { readonly at: number };
}

export interface AskQuery {
  readonly purpose?: Purpose;
  readonly channel?: ChannelName;
  /** GitHub's names ignore case. */
  readonly repository?: string;
  /** Begun at that moment or later, and before `until` (milliseconds since the epoch). */
  readonly since: number;
  readonly until?: number;
}

/** All that models were asked. */
export interface Asks {
  /** Begins it, or begins it again; what it ended as before is forgotten. Gives how often it was begun by now. */
  begin(ask: Ask, at: number): Promise<number>;
  end(id: string, end: AskEnd, at: number): Promise<void>;
  find(id: string): Promise<StoredAsk | undefined>;
  /** Newest first, at most `limit`. */
  list(query: AskQuery, limit: number): Promise<readonly StoredAsk[]>;
}
