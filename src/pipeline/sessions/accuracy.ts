import type { Prompt } from "./prompts.ts";

/** How near estimates of prompts came to what they added. */
export interface Accuracy {
  /** How many prompts it speaks for. */
  readonly prompts: number;
  /** 1 where each was met; absent where nothing is known of any. */
  readonly mean?: number;
}

/** @returns the smaller of estimate and truth, as a share of the larger; undefined where the truth is not known */
export function accuracyOf({ estimatedTokens, used }: Prompt): number | undefined {
  const added = used?.addedTokens;
  if (added === undefined || added <= 0 || estimatedTokens <= 0) return undefined;
  return Math.min(added, estimatedTokens) / Math.max(added, estimatedTokens);
}

export function meanAccuracy(prompts: readonly Prompt[]): Accuracy {
  const known = prompts.map(accuracyOf).filter((each) => each !== undefined);
  return known.length === 0 ? { prompts: 0 } : { prompts: known.length, mean: known.reduce((sum, each) => sum + each, 0) / known.length };
}
