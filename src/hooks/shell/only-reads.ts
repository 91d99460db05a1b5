import type { ShellCommand } from "./command.ts";
import type { ShellCommands } from "./commands.ts";
import { filesWrittenBy } from "./files-written.ts";
import { gitCallOf } from "./git.ts";

const programsOf = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** They print what is there. */
const showing = programsOf(
  "awk base64 basename bat cat cksum cmp column comm cut date df diff dirname du egrep expand eza fgrep file find fd fold free fzf gawk grep head hexdump hostname id jq less locate ls lsof man md5sum more nl nm nproc objdump od pgrep ps readelf readlink realpath rg sha1sum sha256sum size sort stat strings tac tail top tr tree type uname uniq wc whereis which who whoami xxd yq zcat zgrep",
);
/** They do nothing that stays, or run another command, which is looked at by itself. */
const idle = programsOf(
  ": [ [[ break cd chronic command continue echo env eval exec exit export false flock ionice local nice nohup popd printenv printf pushd pwd read return set setsid shift sleep source stdbuf taskset test time timeout trap true ulimit unset wait xargs",
);
/** So do they with `-c`; else they run a file that nothing is known of. */
const shells = programsOf("ash bash dash ksh sh zsh");
const ofGit = programsOf(
  "blame cat-file check-ignore describe diff for-each-ref grep help log ls-files ls-remote ls-tree merge-base name-rev reflog rev-list rev-parse shortlog show show-ref status version whatchanged",
);
/** They list when they are asked for nothing else. */
const listsOfGit = programsOf("branch config remote stash tag worktree");

/** Whether a command changes nothing in the folder that it runs in. */
export function onlyReads(command: ShellCommand): boolean {
  const { program, words } = command;
  if (program === undefined) return words.length === 0;
  if (words.length === 1 && /^(?:--?version|--help|-V)$/.test(words[0]?.text ?? "")) return true;
  const git = gitCallOf(command);
  if (git) return ofGit.has(git.subcommand) || (listsOfGit.has(git.subcommand) && lists(git.words.map(({ text }) => text)));
  if (program === "sed") return !words.some(({ text }) => /^-[a-zA-Z]*i|^--in-place/.test(text));
  if (program === "find" || program === "fd") return !words.some(({ text }) => /^-(?:delete|fprint.*|fls)$/.test(text));
  if (shells.has(program)) return words.some(({ text }) => /^-\w*c$/.test(text));
  return showing.has(program) || idle.has(program);
}

function lists(words: readonly string[]): boolean {
  if (words.some((word) => /^(?:--get.*|--list|-l|list|get|get-url|show)$/.test(word))) return true;
  return (
    words.every((word) => word.startsWith("-") && !/^-(?:[dDmMcCf]|-(?:delete|move|copy|force|edit|unset.*))/.test(word)) &&
    words.length < 3
  );
}

/** Whether a text for a shell only prints what is there, and into no file. */
export function onlyShows({ commands, problem }: ShellCommands): boolean {
  const shows = commands.every((command) => onlyReads(command) && filesWrittenBy(command).length === 0);
  return (
    problem === undefined && shows && commands.some(({ program = "" }) => showing.has(program) || program === "git" || program === "sed")
  );
}
