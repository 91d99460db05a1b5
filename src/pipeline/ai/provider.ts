import type { PicoUsd } from "../usage/money.ts";
import type { Basis, Tokens, Provider as Vendor } from "../usage/usage.ts";
import type { Prompt } from "./prompt.ts";

/** Why there is no answer that can be used. Each has its own words (`failureInWords`). */
export const failures = [
  /** The model declined. */
  "refused",
  /** It answered, and said nothing. */
  "empty",
  /** It ran out of room before it had ended. */
  "truncated",
  /** It answered in another shape than it was asked for. */
  "wrong_shape",
  /** The question is longer than it takes. */
  "too_large",
  /** Too much was asked within a short time; it may be asked again soon. */
  "rate_limited",
  /** What was paid for, or is free, is used up; asking again does not help today. */
  "quota",
  /** 5xx, or no connection. */
  "unavailable",
  /** No answer within the time that it was given. */
  "timeout",
  /** There is no such model any more. */
  "retired",
  /** The key or login is not taken. */
  "unauthorised",
  /** The tool is not there, or cannot be used as it is set up. */
  "unusable",
  /** The tool stopped by a limit of its own: turns or money. */
  "stopped",
  /** The service says that the question is wrong: a mistake of ours. */
  "not_taken",
] as const;
export type Failure = (typeof failures)[number];

/** One request that was paid for, as the service tells of it. */
export interface Spent {
  /** Names it for ever: `openai:resp_…`. */
  readonly id: string;
  /** The model that answered, by its own word. */
  readonly model: string;
  readonly tokens: Tokens;
  /** What the service says that it cost. */
  readonly statedPico?: PicoUsd;
}

export type ProviderAnswer<T> =
  | { readonly kind: "answered"; readonly value: T; readonly model: string; readonly spent: readonly Spent[] }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      /** What the service said, for the log and the audit: masked, in one line of at most 300 characters. */
      readonly detail: string;
      /** When it may be asked again, in milliseconds since the epoch, where it says so. */
      readonly retryAt?: number;
      /** It was sent, and what came of it is not known: it may have been paid for. */
      readonly mayHaveSpent?: true;
      /** What was spent on it all the same. */
      readonly spent: readonly Spent[];
    };

export const efforts = ["minimal", "low", "medium", "high"] as const;
export type Effort = (typeof efforts)[number];

export interface Call<T> {
  readonly prompt: Prompt<T>;
  readonly model: string;
  readonly effort?: Effort;
  /** Tokens of an answer at most, what it thinks included. */
  readonly mostOut: number;
  /** What it may cost, for services that watch that themselves. */
  readonly mostPico?: PicoUsd;
  /** The one deadline over all that it tries. */
  readonly signal: AbortSignal;
}

/** What a service says of a model before it is asked anything. */
export interface ModelState {
  readonly model: string;
  readonly state: "there" | "absent" | "unknown";
  /** When the vendor takes it away, in milliseconds since the epoch, where it says so. */
  readonly retiresAt?: number;
  /** What is wrong and what to do, in a sentence; absent where nothing is. */
  readonly problem?: string;
}

/** A way to ask models. An adapter is one file of `src/ai`. */
export interface Provider {
  /** As in Usage: `openai-api`, `gemini-cli`, `gemini-api`, `claude-code`. */
  readonly service: string;
  /** As people know it: `OpenAI`, `Gemini CLI`. */
  readonly name: string;
  readonly vendor: Vendor;
  readonly basis: Basis;
  /** Tokens that it sends besides the prompt. */
  readonly overheadTokens: number;
  /** Requests that asking once may come to. */
  readonly mostRequests: number;
  /** It cannot be told the shape of an answer: where the answer has another one, or is empty, it is asked once more. */
  readonly isFreeText?: true;
  /** Asks once. It throws nothing: what goes wrong is an answer, and what an abort leaves is `timeout`. */
  ask<T>(call: Call<T>): Promise<ProviderAnswer<T>>;
  /** Looks whether it can be used, without spending anything; one state for each model, in order. It throws nothing. */
  look(models: readonly string[], signal: AbortSignal): Promise<readonly ModelState[]>;
}
