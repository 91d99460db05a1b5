import type { Json } from "../pipeline/json.ts";

/** @returns the JSON object that a text is or has in it: in a fence, or between other words; undefined where there is none that can be read */
export function jsonIn(text: string): Json | undefined {
  for (const part of [text, fenced(text), between(text, "{", "}")]) {
    const value = parsed(part);
    if (typeof value === "object" && value !== null) return value;
  }
  return undefined;
}

/** What stands in the first fence up to the last one: the answer may have fences in it. */
function fenced(text: string): string {
  const opens = text.indexOf("```");
  const from = opens === -1 ? -1 : text.indexOf("\n", opens);
  const to = text.lastIndexOf("```");
  return from === -1 || to <= from ? "" : text.slice(from, to);
}

function between(text: string, first: string, last: string): string {
  const from = text.indexOf(first);
  return from === -1 ? "" : text.slice(from, text.lastIndexOf(last) + 1);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
