import type { ShellWord } from "../word.ts";

/** Options and the rest of a command's words; behind `--` nothing is an option. */
export function partedOf(words: readonly ShellWord[]): { options: readonly string[]; operands: readonly ShellWord[] } {
  const end = words.findIndex(({ text }) => text === "--");
  const before = end === -1 ? words : words.slice(0, end);
  const isOption = ({ text }: ShellWord) => text.startsWith("-") && text !== "-";
  return {
    options: before.filter(isOption).map(({ text }) => text),
    operands: [...before.filter((word) => !isOption(word)), ...(end === -1 ? [] : words.slice(end + 1))],
  };
}

/** `-rf` has r and f; a long one may be shortened. */
export const hasOption = (options: readonly string[], letters: string, long: string): boolean =>
  options.some((option) =>
    option.startsWith("--")
      ? option.length > 3 && `--${long}`.startsWith(option.replace(/=.*/s, ""))
      : [...letters].some((letter) => option.includes(letter, 1)),
  );
