import type { ShellWord } from "./word.ts";

/** A simple command that a text for a shell would run, wherever in it it stands. */
export interface ShellCommand {
  /** The program's name, without its folder; undefined where a variable names it, and where there is none but redirects. */
  readonly program: string | undefined;
  /** What follows the program. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** What it reads from its standard input, as far as a here-document or a simple command before the pipe says it. */
  readonly input: ShellWord | undefined;
  /** What runs before it in its pipe. */
  readonly pipedFrom: readonly ShellCommand[];
  /** Where it runs, absolute; undefined after a `cd` to where it is not known. */
  readonly folder: string | undefined;
  /** Names of the functions that it is part of. */
  readonly functions: readonly string[];
  /** Runs while others do: in a pipe, or behind them. */
  readonly isParallel: boolean;
}

export interface Redirect {
  /** `>`, `>>`, `&>` and the like. */
  readonly operator: string;
  readonly target: ShellWord;
}

/** The command in one line, to show it and to match it. */
export const written = ({ program, words }: ShellCommand): string => [program ?? "", ...words.map(({ text }) => text)].join(" ").trim();
