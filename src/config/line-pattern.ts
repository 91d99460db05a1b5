import { RE2JS, RE2JSException, RE2JSSyntaxException } from "re2js";
import type { FitsLine } from "../pipeline/known-issues/known-issues.ts";

const longest = 500;
/** A pattern of ordinary size has some dozens; each costs time on every character of a log that was made to be slow. */
const mostSteps = 2_000;

/** Makes a pattern ready. Throws what re2js throws when it is none. */
export function toLinePattern(source: string): FitsLine {
  const pattern = RE2JS.compile(source);
  return (line) => pattern.test(line);
}

/** What is wrong with a pattern, or undefined. */
export function patternProblem(source: string): string | undefined {
  if (source.length > longest) return `has more than ${longest} characters`;
  try {
    const pattern = RE2JS.compile(source);
    if (pattern.programSize() > mostSteps) return "is too large: its repetitions multiply";
    return pattern.test("") ? "fits every line, an empty one too" : undefined;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) {
      const where = error.getPattern();
      return `is no pattern of RE2: ${error.getDescription()}${where === null ? "" : ` in ${where}`}`;
    }
    if (error instanceof RE2JSException) return `is no pattern of RE2: ${error.message}`;
    throw error;
  }
}
