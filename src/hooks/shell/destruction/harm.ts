import type { ShellCommand } from "../command.ts";

/** Where commands are judged. Paths are absolute. */
export interface Ground {
  readonly project: string;
  readonly home: string;
  /** Folders whose content may be deleted. */
  readonly temporary: readonly string[];
  /** Globs. */
  readonly protectedBranches: readonly string[];
  /** The branch that is checked out in a folder. */
  branchOf(folder: string | undefined): string | undefined;
}

/** What a command would destroy. */
export interface Harm {
  /** Follows "would". */
  readonly would: string;
  /** What to do in its place: a sentence. */
  readonly instead: string;
  /** It may be meant, or harm nothing: enough to stop a tool, not enough to stop what a person says. */
  readonly isMinor?: true;
  /** What is to be allowed, where that is not the command itself. */
  readonly cause?: ShellCommand;
}

/** @param before gives all that stands before it in the text */
export type Judge = (command: ShellCommand, ground: Ground, before: () => readonly ShellCommand[]) => Harm | undefined;
