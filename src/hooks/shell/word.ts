import type { ShellCommand } from "./command.ts";

/** A piece of a word, as far as it is known before the command runs. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** Stands for names of files: `*`, `?`, `[a-z]`. */
  | { readonly kind: "pattern"; readonly text: string }
  /** Depends on a variable or on what a command prints. */
  | {
      readonly kind: "unknown";
      /** As it is written. */
      readonly text: string;
      readonly canBeEmpty: boolean;
      /** What runs to make it. */
      readonly commands: readonly ShellCommand[];
    };

/** A word of a command, with its quotes taken away and with what is known put in for variables, `~` and braces. */
export interface ShellWord {
  /** What it is when the command runs; undefined where that is not known. */
  readonly value: string | undefined;
  /** As it would be shown: what is not known stands as it is written. */
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export function toWord(pieces: readonly Piece[]): ShellWord {
  const text = pieces.map((piece) => piece.text).join("");
  return { value: pieces.some(({ kind }) => kind === "unknown") ? undefined : text, text, pieces };
}

export const text = (value: string): Piece => ({ kind: "text", text: value });
export const unknown = (written: string, canBeEmpty = true, commands: readonly ShellCommand[] = []): Piece => ({
  kind: "unknown",
  text: written,
  canBeEmpty,
  commands,
});

/** Commands whose output the word is made of. */
export const commandsOf = ({ pieces }: ShellWord): readonly ShellCommand[] =>
  pieces.flatMap((piece) => (piece.kind === "unknown" ? piece.commands : []));
