import { matchesAnyGlob } from "../../../pipeline/policy/glob.ts";
import { branchBefore, type GitCall, gitCallOf } from "../git.ts";
import type { ShellWord } from "../word.ts";
import type { Harm, Judge } from "./harm.ts";

const valued: ReadonlySet<string> = new Set(["-o", "--push-option", "--receive-pack", "--exec", "--repo"]);

/** Pushes that rewrite or delete a branch that others build on. */
export const rewrites: Judge = (command, ground, before) => {
  const call = gitCallOf(command);
  if (call?.subcommand !== "push") return undefined;
  const { options, refspecs } = parted(call);
  const isDry = options.some((option) => /^(?:--dry-run|-[a-z]*n[a-z]*)$/.test(option));
  if (isDry) return undefined;
  if (options.includes("--mirror")) return harm("make the remote's branches and tags what they are here, and delete all others");
  const isDeleting = options.some((option) => /^(?:--delete|-[a-z]*d[a-z]*)$/.test(option));
  const isForced = options.some((option) => /^(?:--force(?:-with-lease)?(?:=.*)?|-[a-z]*f[a-z]*)$/s.test(option));
  const isProtected = (branch: string | undefined) => branch !== undefined && matchesAnyGlob(ground.protectedBranches, branch);
  const current = () => branchBefore(before(), call.folder) ?? ground.branchOf(call.folder);

  if (isForced && options.some((option) => option === "--all" || option === "--branches"))
    return harm("rewrite every branch of the remote");
  if (refspecs.length === 0 && isForced && !options.includes("--tags") && isProtected(current()))
    return harm(`rewrite the protected branch ${current()}`);
  for (const refspec of refspecs) {
    const { branch, hasPlus, isEmpty } = toTarget(refspec, current);
    if (!isProtected(branch)) continue;
    if (isDeleting || isEmpty) return harm(`delete the protected branch ${branch}`);
    if (isForced || hasPlus) return harm(`rewrite the protected branch ${branch}`);
  }
  return undefined;
};

function parted({ words }: GitCall): { options: readonly string[]; refspecs: readonly ShellWord[] } {
  const options: string[] = [];
  const operands: ShellWord[] = [];
  let hasRepo = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) continue;
    if (!word.text.startsWith("-")) operands.push(word);
    else {
      options.push(word.text);
      hasRepo ||= word.text.startsWith("--repo");
      if (valued.has(word.text)) index++;
    }
  }
  return { options, refspecs: hasRepo ? operands : operands.slice(1) };
}

/** `src:dst`, `+src`, `:dst`. */
function toTarget(refspec: ShellWord, current: () => string | undefined) {
  const hasPlus = refspec.text.startsWith("+");
  const written = refspec.text.slice(hasPlus ? 1 : 0);
  const colon = written.lastIndexOf(":");
  const name = written.slice(colon + 1).replace(/^refs\/heads\//, "");
  const isCurrent = name === "HEAD" || name === "@" || (colon === -1 && asksForCurrent(refspec));
  return { branch: isCurrent ? current() : name, hasPlus, isEmpty: colon === 0 };
}

/** `$(git branch --show-current)` and its like. */
const asksForCurrent = ({ pieces }: ShellWord): boolean =>
  pieces.some(
    (piece) =>
      piece.kind === "unknown" &&
      piece.commands.some((command) => /^(?:branch|rev-parse|symbolic-ref)$/.test(gitCallOf(command)?.subcommand ?? "")),
  );

const harm = (would: string): Harm => ({
  would,
  instead: "Push to a branch of your own and open a pull request; what is wrong on a protected branch is undone by git revert.",
});
