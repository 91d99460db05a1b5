import type { ShellCommand } from "./command.ts";
import { Reader } from "./reader.ts";
import { Scope, type Surroundings } from "./scope.ts";

export interface ShellCommands {
  /** In the order in which they stand. */
  readonly commands: readonly ShellCommand[];
  /** Why not all of them may have been found: half a sentence. */
  readonly problem?: string;
}

/** Longer ones are files that should have been written; the worst of this length takes a fifth of a second. */
export const longestText = 32_768;

/**
 * Every simple command that a text for a shell would run, wherever it stands: in lists, pipes, loops, functions and substitutions, in here-documents
 * and in what `bash -c`, `eval`, `sudo`, `xargs` and the like are given. Never throws.
 */
export async function commandsIn(source: string, { folder, variables }: Surroundings): Promise<ShellCommands> {
  if (source.length > longestText) return { commands: [], problem: `it is longer than ${longestText} characters` };
  // The parser is large, and only a command in a shell needs it.
  const { parse, forEachChild } = await import("unbash");
  const reader = new Reader({ parse, forEachChild });
  reader.read(source, new Scope(folder, variables));
  return { commands: reader.commands, ...(reader.problem !== undefined && { problem: reader.problem }) };
}
