import { type Piece, type ShellWord, text, toWord } from "../word.ts";

/** What the words behind `git commit` say of its message. */
export interface CommitOptions {
  /** Of each `-m`. */
  readonly messages: readonly ShellWord[];
  /** Of `-F`. */
  readonly file: ShellWord | undefined;
  /** The message is another commit's, or git makes it. */
  readonly isTaken: boolean;
  /** An editor is opened on it, so that comments in it are taken away. */
  readonly isEdited: boolean;
  readonly cleanup: string | undefined;
}

/** By their letters: which take the next word, or else the rest of their own. https://git-scm.com/docs/git-commit#_options */
const valued = "mFCct";
const mayHaveRest = "Su";
const longValued = /^--(?:author|date|cleanup|trailer|pathspec-from-file|message|file|reuse-message|reedit-message|template|fixup|squash)$/;
const names: Readonly<Record<string, string>> = {
  m: "message",
  F: "file",
  C: "reuse-message",
  c: "reedit-message",
  t: "template",
  e: "edit",
};

export function commitOptionsOf(words: readonly ShellWord[]): CommitOptions {
  const messages: ShellWord[] = [];
  let file: ShellWord | undefined;
  let isTaken = false;
  let isEdited = false;
  let cleanup: string | undefined;
  for (const { name, value } of optionsIn(words)) {
    if (name === "message" && value) messages.push(value);
    if (name === "file") file = value;
    if (name === "cleanup") cleanup = value?.value;
    if (name === "edit") isEdited = true;
    if (/^(?:reuse-message|reedit-message|fixup|squash|dry-run|help)$/.test(name)) isTaken = true;
  }
  return { messages, file, isTaken, isEdited, cleanup };
}

function* optionsIn(words: readonly ShellWord[]): Generator<{ name: string; value?: ShellWord | undefined }> {
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word || word.text === "--") return;
    const long = /^--([a-z-]+)(=?)/.exec(word.text);
    if (long?.[1]) {
      const isBehind = !long[2] && longValued.test(word.text);
      yield { name: long[1], value: long[2] ? without(word, long[0].length) : isBehind ? words[++index] : undefined };
    } else if (/^-[a-zA-Z]/.test(word.text)) {
      for (let at = 1; at < word.text.length; at++) {
        const letter = word.text[at] ?? "";
        if (mayHaveRest.includes(letter)) break;
        const takes = valued.includes(letter);
        const hasRest = at + 1 < word.text.length;
        yield { name: names[letter] ?? letter, value: !takes ? undefined : hasRest ? without(word, at + 1) : words[++index] };
        if (takes) break;
      }
    }
  }
}

/** The word without its first characters, which are not from a variable. */
function without({ pieces }: ShellWord, count: number): ShellWord {
  const [first, ...rest] = pieces;
  if (first?.kind !== "text") return toWord(rest);
  const left: readonly Piece[] = first.text.length > count ? [text(first.text.slice(count))] : [];
  return toWord([...left, ...rest]);
}
