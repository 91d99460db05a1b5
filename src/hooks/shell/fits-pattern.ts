import { matchesGlob } from "../../pipeline/policy/glob.ts";
import type { ShellCommand } from "./command.ts";

/**
 * Whether a command begins with the words of a pattern; options between them do not count, unless the pattern names one: `make test*` is also
 * `make -j8 test-all`.
 */
export function fitsPattern(pattern: string, { program, words }: ShellCommand): boolean {
  const [, ...others] = wordsOf(pattern);
  if (program === undefined || !fitsProgram(pattern, program)) return false;
  let at = 0;
  for (const wanted of others) {
    const isOption = wanted.startsWith("-");
    while (at < words.length && !matchesGlob(wanted, words[at]?.text ?? "") && (isOption || /^[-+]/.test(words[at]?.text ?? ""))) at++;
    if (at === words.length) return wanted === "*";
    if (!matchesGlob(wanted, words[at]?.text ?? "")) return false;
    at++;
  }
  return true;
}

const wordsOf = (pattern: string): readonly string[] => pattern.trim().split(/\s+/);

/** Whether a pattern may be about a program. */
export const fitsProgram = (pattern: string, program: string): boolean => matchesGlob(wordsOf(pattern)[0] ?? "", program);

export const fitsAnyPattern = (patterns: readonly string[], command: ShellCommand): boolean =>
  patterns.some((pattern) => fitsPattern(pattern, command));
