import { noTokens, plusTokens, tokensIn } from "../usage/usage.ts";
import type { PromptUse } from "./prompts.ts";
import type { SessionRequest } from "./requests.ts";

/**
 * What became of a prompt.
 *
 * @param turn the requests that were made for it, in their order
 * @param before the last request of the conversation before it
 * @param compactedAt when the conversation was last made shorter
 */
export function promptUse(turn: readonly SessionRequest[], before: SessionRequest | undefined, compactedAt = 0): PromptUse {
  const first = turn.find(({ isSidechain }) => !isSidechain);
  const isComparable = before !== undefined && before.at > compactedAt;
  const addedTokens = first && isComparable ? growth(before, first) : undefined;
  return {
    requests: turn.length,
    tokens: turn.reduce((sum, { tokens }) => plusTokens(sum, tokens), noTokens),
    ...(addedTokens !== undefined && { addedTokens }),
  };
}

/**
 * What goes into a request is all that went into the one before, its answer, and what is new. Another model counts otherwise; and what was
 * compacted meanwhile does not grow.
 */
function growth(before: SessionRequest, first: SessionRequest): number | undefined {
  if (before.model !== first.model) return undefined;
  const answer = before.tokens.out - before.tokens.reasoning;
  const added = tokensIn(first.tokens) - tokensIn(before.tokens) - answer;
  return added > 0 ? added : undefined;
}
