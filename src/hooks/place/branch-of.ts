import { findGit, readHead } from "./git-head.ts";

/** The branch that is checked out in a folder; undefined where none is, or where the folder is not known. */
export function branchOf(folder: string | undefined): string | undefined {
  const git = folder === undefined ? undefined : findGit(folder);
  return git && readHead(git)?.branch;
}
