import { resolve } from "node:path";
import type { ShellCommand } from "./command.ts";
import type { ShellWord } from "./word.ts";

/** A call of git, with what stands before its subcommand taken away. */
export interface GitCall {
  readonly subcommand: string;
  readonly words: readonly ShellWord[];
  /** As `-C` says; undefined where that is not known. */
  readonly folder: string | undefined;
}

const valued: ReadonlySet<string> = new Set([
  "-c",
  "--git-dir",
  "--work-tree",
  "--namespace",
  "--exec-path",
  "--super-prefix",
  "--config-env",
]);

/** @returns undefined where the command is no call of git, or one of a subcommand that is not known */
export function gitCallOf({ program, words, folder: outside }: ShellCommand): GitCall | undefined {
  if (program !== "git") return undefined;
  let folder = outside;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]?.text ?? "";
    if (word === "-C") {
      const target = words[++index]?.value;
      folder = target === undefined || folder === undefined ? undefined : resolve(folder, target);
    } else if (valued.has(word)) index++;
    else if (!word.startsWith("-")) {
      const subcommand = words[index]?.value;
      return subcommand === undefined ? undefined : { subcommand, words: words.slice(index + 1), folder };
    }
  }
  return undefined;
}

/** The branch that a text itself checks out before the command, as far as it says so. */
export function branchBefore(before: readonly ShellCommand[], folder: string | undefined): string | undefined {
  let branch: string | undefined;
  for (const command of before) {
    const call = gitCallOf(command);
    if (call && call.folder === folder && (call.subcommand === "checkout" || call.subcommand === "switch"))
      branch = checkedOut(call.words) ?? branch;
  }
  return branch;
}

function checkedOut(words: readonly ShellWord[]): string | undefined {
  const made = words.findIndex(({ text }) => /^(?:-[bBcC]|--create|--force-create|--orphan)$/.test(text));
  if (made !== -1) return words[made + 1]?.value;
  if (words.some(({ text }) => text === "--" || text === "-d" || text === "--detach")) return undefined;
  const names = words.filter(({ text }) => !text.startsWith("-"));
  return names.length === 1 ? names[0]?.value : undefined;
}
