import { readFileSync, type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The commit that is checked out. */
export interface Head {
  /** Absent while nothing is committed yet. */
  readonly sha?: string;
  /** Absent where HEAD is detached. */
  readonly branch?: string;
}

/** The folder of git for a folder of a checkout. */
export interface GitFolder {
  /** The root of the checkout. */
  readonly root: string;
  /** Where HEAD is; in a further worktree not where branches are. */
  readonly folder: string;
  /** Where branches and settings are. */
  readonly common: string;
}

/** Looks upwards for the checkout that a folder is in; without starting git, which would take as long as everything else together. */
export function findGit(from: string): GitFolder | undefined {
  for (let root = resolve(from); ; root = dirname(root)) {
    const there = statsOf(join(root, ".git"));
    if (there) return toGitFolder(root, there.isDirectory());
    if (dirname(root) === root) return undefined;
  }
}

/** What cannot be looked at is as good as absent. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function toGitFolder(root: string, isFolder: boolean): GitFolder | undefined {
  if (isFolder) return { root, folder: join(root, ".git"), common: join(root, ".git") };
  // A worktree or submodule names its folder: https://git-scm.com/docs/gitrepository-layout
  const named = /^gitdir: (.+)$/m.exec(read(join(root, ".git")) ?? "")?.[1]?.trim();
  if (named === undefined) return undefined;
  const folder = resolve(root, named);
  const shared = read(join(folder, "commondir"))?.trim();
  return { root, folder, common: shared === undefined ? folder : resolve(folder, shared) };
}

/** @returns undefined where git keeps its references in a way that is not files */
export function readHead({ folder, common }: GitFolder): Head | undefined {
  const head = read(join(folder, "HEAD"))?.trim();
  if (head === undefined) return undefined;
  if (isSha(head)) return { sha: head };
  const name = /^ref: (refs\/.+)$/.exec(head)?.[1];
  if (name === undefined || name === "refs/heads/.invalid") return undefined;
  const sha = looseRef(common, name) ?? packedRef(common, name);
  return { ...(sha !== undefined && { sha }), ...(name.startsWith("refs/heads/") && { branch: name.slice("refs/heads/".length) }) };
}

/** `owner/name` of the remote called origin, on whatever host; undefined where there is none. */
export function originRepository({ common }: GitFolder): string | undefined {
  const section = /^\[remote "origin"\]\s*\n((?:(?!\[).*\n?)*)/m.exec(read(join(common, "config")) ?? "")?.[1];
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? "")?.[1];
  return /[/:]([\w.-]{1,39}\/[\w.-]{1,100}?)(?:\.git)?\/?$/.exec(url ?? "")?.[1];
}

function looseRef(common: string, name: string): string | undefined {
  const sha = read(join(common, name))?.trim();
  return sha !== undefined && isSha(sha) ? sha : undefined;
}

function packedRef(common: string, name: string): string | undefined {
  const packed = read(join(common, "packed-refs"));
  const line = packed?.split("\n").find((each) => each.endsWith(` ${name}`));
  return line?.split(" ")[0];
}

const isSha = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
