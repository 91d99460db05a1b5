import type { Usage } from "../usage/usage.ts";
import type { Origin } from "./origin.ts";

interface Told extends Origin {
  /** Names it for ever; telling it again changes nothing, or tells it more fully. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A session began or ended; while it began only, its hooks are alive. */
export interface SessionTold extends Told {
  readonly type: "session";
  readonly state: "started" | "ended";
  /** The version of the hooks. */
  readonly version: string;
  /** What the check against ccusage found, in a sentence, where something differs. */
  readonly difference?: string;
}

/** A command failed again and again at one commit. */
export interface FailureTold extends Told {
  readonly type: "failure";
  /** Masked, at most 500 characters. */
  readonly command: string;
  /** How often it failed at the commit since it last passed there. */
  readonly failures: number;
  /** Its first error, masked, at most 300 characters. */
  readonly error: string;
  readonly knownIssue?: string;
}

/** Somebody's advice is asked for. */
export interface RequestTold extends Told {
  readonly type: "request";
  readonly channel: "gemini" | "o3";
  readonly subject: "review" | "design";
  /** Why, in a sentence. */
  readonly reason: string;
  /** What the answer has to be about, masked, at most 8,000 characters. */
  readonly details: string;
}

/** What hooks tell the bot, by `POST /v1/events`. */
export type SessionEvent = { readonly type: "usage"; readonly usage: Usage } | SessionTold | FailureTold | RequestTold;
