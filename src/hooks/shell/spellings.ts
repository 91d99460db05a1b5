import type { ShellWord } from "./word.ts";

/**
 * The words of a command, and each option together with its value, as it could be written too: `-D A=b` also as `-DA=b`, `--parallel 4` also as
 * `--parallel=4`, and `-DA:STRING=b` also as `-DA=b`. Of definitions of one name the last counts.
 */
export function spellingsOf(words: readonly ShellWord[]): readonly string[] {
  const spelled = words.flatMap(({ text }, index) => {
    const next = words[index + 1]?.text;
    if (next === undefined || next.startsWith("-")) return [text];
    if (/^-\w$/.test(text)) return [text, `${text}${next}`];
    return /^--\w[\w-]*$/.test(text) ? [text, `${text}=${next}`] : [text];
  });
  const all = spelled.map((word) => word.replace(/^(-D\w+):[A-Z]+=/, "$1="));
  const lastOf = new Map(all.flatMap((word, index) => (nameOf(word) === undefined ? [] : [[nameOf(word), index] as const])));
  return all.filter((word, index) => (lastOf.get(nameOf(word)) ?? index) === index);
}

const nameOf = (word: string): string | undefined => /^-D\w+(?==)/.exec(word)?.[0];
