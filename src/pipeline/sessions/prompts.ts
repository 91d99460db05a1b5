import type { Tokens } from "../usage/usage.ts";

/** What a person asked for, without what they said. */
export interface Prompt {
  readonly id: string;
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly characters: number;
  readonly estimatedTokens: number;
  /** Of its text, in hexadecimal digits. */
  readonly sha256: string;
  /** Its beginning, secrets masked; only where the settings ask for it. */
  readonly excerpt?: string;
  readonly used?: PromptUse;
}

/** What became of a prompt. Its cost is that of its requests, see `spentOn`. */
export interface PromptUse {
  /** By how much the prompt made the input grow; absent where that cannot be known, as for the first prompt of a session. */
  readonly addedTokens?: number;
  /** Of the whole turn, sub-agents included. */
  readonly requests: number;
  readonly tokens: Tokens;
}

/** The prompts of the sessions of one checkout. */
export interface Prompts {
  /** Of one that is told again the first telling stays. */
  put(prompt: Prompt): void;
  find(id: string): Prompt | undefined;
  use(id: string, used: PromptUse): void;
  /** Those of which it is not known yet what became of them, the oldest first. */
  waiting(session: string): readonly Prompt[];
  newest(most: number): readonly Prompt[];
}
