import type { ShellCommand } from "../command.ts";
import { gitCallOf } from "../git.ts";
import { type ShellWord, text, toWord } from "../word.ts";
import type { Ground, Harm, Judge } from "./harm.ts";
import { hasOption, partedOf } from "./options.ts";
import { harmTo, targetOf } from "./target.ts";

/** Deletion of folders with all that is in them. */
export const deletes: Judge = (command, ground) => {
  if (command.program === "rm") return byRm(command, ground);
  if (command.program === "find") return byFind(command, ground);
  if (command.program === "xargs" && command.words.some(({ text: word }) => /^(?:.*\/)?rm$/.test(word))) {
    for (const source of command.pipedFrom) {
      const harm = source.program === "find" ? startsOf(source, ground) : undefined;
      if (harm) return harm;
    }
  }
  if (command.program === "git") return byGitClean(command, ground);
  return undefined;
};

function byRm({ words, folder }: ShellCommand, ground: Ground): Harm | undefined {
  const { options, operands } = partedOf(words);
  return hasOption(options, "rR", "recursive") ? first(operands, folder, ground) : undefined;
}

function first(words: readonly ShellWord[], folder: string | undefined, ground: Ground): Harm | undefined {
  for (const word of words) {
    const target = targetOf(word, folder, ground);
    if (target) return harmTo(target, "delete", word);
  }
  return undefined;
}

const deleters = /^(?:.*\/)?(?:rm|shred|unlink)$/;

function byFind(command: ShellCommand, ground: Ground): Harm | undefined {
  const words = command.words.map(({ text: word }) => word);
  const isDeleting = words.some(
    (word, index) => word === "-delete" || (/^-(?:exec|execdir|ok|okdir)$/.test(word) && deleters.test(words[index + 1] ?? "")),
  );
  return isDeleting ? startsOf(command, ground) : undefined;
}

/** What narrows a search down to some of what is there; a kind of file or a depth hardly does. */
const narrows =
  /^-(?:i?(?:name|path|wholename|regex|lname)|[acm](?:min|time)|a?newer\w*|empty|size|user|group|uid|gid|perm|inum|links|samefile|nouser|nogroup|xtype)$/;

function startsOf({ words, folder }: ShellCommand, ground: Ground): Harm | undefined {
  const begin = words.findIndex(({ text: word }) => !/^-(?:[HLP]|O\d)$/.test(word));
  const rest = begin === -1 ? [] : words.slice(begin);
  const end = rest.findIndex(({ text: word }) => /^(?:-.+|[(!])$/.test(word));
  const starts = end === -1 ? rest : rest.slice(0, end);
  const isNarrow = rest.some(({ text: word }) => narrows.test(word));
  for (const word of starts.length > 0 ? starts : [toWord([text(".")])]) {
    const target = targetOf(word, folder, ground);
    if (target && !(isNarrow && (target.reach === "project" || target.reach === "unknown" || target.isEmptied)))
      return harmTo(target, "delete", word);
  }
  return undefined;
}

function byGitClean(command: ShellCommand, ground: Ground): Harm | undefined {
  const call = gitCallOf(command);
  if (call?.subcommand !== "clean" || call.folder === undefined) return undefined;
  const { options } = partedOf(call.words);
  if (!hasOption(options, "f", "force") || hasOption(options, "n", "dry-run")) return undefined;
  const word = toWord([text(call.folder)]);
  const target = targetOf(word, undefined, ground);
  return target && target.reach !== "project" ? harmTo(target, "delete what git does not know in", word) : undefined;
}
