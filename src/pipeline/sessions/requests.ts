import type { Tokens, Usage } from "../usage/usage.ts";

/** A request that was read from a transcript, and the prompt that it was made for. */
export interface Captured {
  readonly usage: Usage;
  /** See `precedenceOf`: of several tellings the one with the greatest stays. */
  readonly precedence: string;
  readonly prompt?: string;
}

/** A request as it is remembered. */
export interface SessionRequest
  extends Pick<Usage, "id" | "at" | "provider" | "model" | "service" | "basis" | "tokens" | "statedPico" | "isSidechain"> {
  readonly session: string;
  readonly prompt?: string;
}

/** How the ids begin of what no transcript tells. */
export const untoldPrefix = "anthropic:untold:";

/** Requests of one model in one session. */
export interface ModelUse {
  readonly model: string;
  readonly requests: number;
  readonly tokens: Tokens;
  readonly lastAt: number;
}

/** The requests of the sessions of one checkout, each once by its id, in the session in which it was read first. */
export interface Requests {
  /** @returns those that are new, or told more fully than before */
  put(session: string, captured: readonly Captured[]): readonly Usage[];
  /** In the order in which they were made. */
  ofSession(session: string): readonly SessionRequest[];
  /** In which session a request counts. */
  sessionOf(id: string): string | undefined;
  ofPrompt(prompt: string): readonly SessionRequest[];
  /** The last request before then that is not a sub-agent's. */
  lastBefore(session: string, at: number): SessionRequest | undefined;
  /** Most tokens first; `told` leaves out what no transcript tells. */
  byModel(session: string, which?: "told"): readonly ModelUse[];
}
