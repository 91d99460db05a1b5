import type { Tokens } from "../usage.ts";

/** The tokens, nothing of them counted twice, or why the counts cannot be right: a half-sentence such as `out is -1`. */
export type Normalised = { readonly tokens: Tokens } | { readonly problem: string };

/** No request is near it; a count above is a mistake that would cost a budget. */
const mostOfRequest = 1_000_000_000;
/** Of the sum of a session or of a day. */
export const mostOfSum = 20_000_000_000;

/** Takes buckets that are disjoint already, and lets none through that no request can have. */
export function checked(tokens: Tokens, most = mostOfRequest): Normalised {
  for (const [name, count] of Object.entries(tokens)) {
    const problem = problemOf(name, count, most);
    if (problem !== undefined) return { problem };
  }
  if (tokens.reasoning > tokens.out)
    return { problem: `reasoning (${tokens.reasoning}) is more than out (${tokens.out}), of which it is a part` };
  return { tokens };
}

/** @returns what is wrong with a count of tokens, if anything is */
export function problemOf(name: string, count: number, most = mostOfRequest): string | undefined {
  if (!Number.isInteger(count)) return `${name} is ${count}, which is no whole number`;
  if (count < 0) return `${name} is ${count}`;
  return count > most ? `${name} is ${count}: no request has more than ${most} tokens` : undefined;
}

/** Takes the part of a count that the vendor says is in it, such as cached tokens of a prompt, out of it. */
export function without(
  [wholeName, whole]: readonly [string, number],
  [partName, part]: readonly [string, number],
): { readonly rest: number } | { readonly problem: string } {
  const problem = problemOf(wholeName, whole) ?? problemOf(partName, part);
  if (problem !== undefined) return { problem };
  if (part > whole) return { problem: `${partName} (${part}) is more than ${wholeName} (${whole}), of which it is a part` };
  return { rest: whole - part };
}
