import { hasUnseen, plainText } from "../ai/plain-text.ts";
import type { Suggestion } from "./finding.ts";

const longestSuggestion = 4_000;
/** What is longer is read before it is taken, not pressed. */
const mostLines = 20;
const brackets = ["()", "[]", "{}"] as const;

/**
 * What to write instead of some lines, as far as it can be shown; undefined where it says nothing.
 *
 * @param replaced the lines that it is for; undefined where they are not in the diff
 */
export function checkSuggestion(said: string, replaced: readonly string[] | undefined): Suggestion | undefined {
  const bare = withoutFence(said.replaceAll("\r\n", "\n"));
  const text = plainText(bare, longestSuggestion);
  if (text.trim() === "" && !replaced?.some((line) => line.trim() !== "")) return undefined;
  const before = replaced?.map((line) => line.replace(/\r$/, ""));
  if (before && text === before.join("\n")) return undefined;
  // An empty one would delete the lines: that is a decision to be read, and looks like an answer that was lost.
  const isSane = before !== undefined && text === bare && text.trim() !== "" && isSaneInstead(text.split("\n"), before);
  return { text, isCommittable: isSane };
}

function isSaneInstead(lines: readonly string[], before: readonly string[]): boolean {
  const whole = lines.join("\n");
  return (
    lines.length <= mostLines &&
    before.length <= mostLines &&
    // Masked: the secret's place would be overwritten with stars.
    !whole.includes("***") &&
    !hasUnseen(whole) &&
    !isSameBut(lines, before) &&
    !looksLikeDiff(lines, before) &&
    !lines.some(isCommandLike) &&
    indentOf(lines) === indentOf(before) &&
    brackets.every((pair) => depthOf(pair, whole) === depthOf(pair, before.join("\n")))
  );
}

const isSameBut = (lines: readonly string[], before: readonly string[]): boolean =>
  lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd() ===
  before
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();

/** The model copied the signs or numbers that stand before lines in the prompt. */
function looksLikeDiff(lines: readonly string[], before: readonly string[]): boolean {
  const signed = (some: readonly string[]) => some.some((line) => /^(?:[+-]|\s{0,8}\d{1,8} [+\- ] )/.test(line));
  return signed(lines) && !signed(before);
}

/** Whoever shows it breaks such a line, for naive bots that read along: then it is not the code any more. */
const isCommandLike = (line: string): boolean => /^[ \t]*\/[a-z][\w-]*(?:\s|$)/i.test(line) || line.includes("<!--");

/** Of the first line that says something. */
const indentOf = (lines: readonly string[]): string => /^[ \t]*/.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0] ?? "";

function depthOf([open, close]: string, text: string): number {
  let depth = 0;
  for (const char of text) depth += char === open ? 1 : char === close ? -1 : 0;
  return depth;
}

/** Models wrap code in a fence although nobody asked for one. */
function withoutFence(text: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  const isFenced = lines.length >= 2 && /^`{3,}[\w-]{0,20}$/.test(lines[0] ?? "") && /^`{3,}$/.test(lines.at(-1) ?? "");
  return (isFenced ? lines.slice(1, -1) : lines).join("\n");
}
