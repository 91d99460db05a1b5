import { constants } from "node:fs";
import { access, lstat, statfs } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { askGit } from "../../machine/ask-git.ts";

/** How a file stands, as far as this account sees it. */
export interface FileFacts {
  readonly path: string;
  readonly exists: boolean;
  readonly kind?: "file" | "folder" | "link" | "other";
  /** As `ls` shows it in digits: 644 */
  readonly mode?: string;
  readonly bytes?: number;
  readonly ownerId?: number;
  readonly isReadable?: boolean;
  readonly isWritable?: boolean;
  /** What kept it from being looked at, where that is not that it is missing. */
  readonly problem?: string;
}

export interface Surroundings {
  readonly file: FileFacts;
  readonly folder: FileFacts;
  /** The nearest folder above that exists. */
  readonly nearest: string;
  readonly freeBytes?: number;
  readonly freeFiles?: number;
  readonly git?: "tracked" | "ignored" | "untracked";
  readonly accountId: number;
}

const gitTimeoutMs = 1_000;

export async function lookAround(path: string): Promise<Surroundings> {
  const [file, folder, nearest] = await Promise.all([factsOf(path), factsOf(dirname(path)), nearestFolder(path)]);
  const [room, git] = await Promise.all([statfs(nearest).catch(() => undefined), gitStateOf(path, nearest)]);
  return {
    file,
    folder,
    nearest,
    // A file system without a table of files tells 0 of 0.
    ...(room && { freeBytes: room.bavail * room.bsize, ...(room.files > 0 && { freeFiles: room.ffree }) }),
    ...(git && { git }),
    accountId: userInfo().uid,
  };
}

async function factsOf(path: string): Promise<FileFacts> {
  const may = (what: number) =>
    access(path, what).then(
      () => true,
      () => false,
    );
  try {
    const seen = await lstat(path);
    const kind = seen.isFile() ? "file" : seen.isDirectory() ? "folder" : seen.isSymbolicLink() ? "link" : "other";
    const mode = (seen.mode & 0o7777).toString(8).padStart(3, "0");
    return {
      path,
      exists: true,
      kind,
      mode,
      bytes: seen.size,
      ownerId: seen.uid,
      isReadable: await may(constants.R_OK),
      isWritable: await may(constants.W_OK),
    };
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    return { path, exists: false, ...(code !== "ENOENT" && { problem: code }) };
  }
}

async function nearestFolder(path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { kind } = await factsOf(folder);
    if (kind === "folder" || dirname(folder) === folder) return folder;
  }
}

async function gitStateOf(path: string, folder: string): Promise<Surroundings["git"]> {
  const ask = (...args: readonly string[]) => askGit(folder, [...args, "--", path], { timeoutMs: gitTimeoutMs });
  const [tracked, others] = await Promise.all([ask("ls-files", "-z"), ask("status", "--porcelain", "-z", "--ignored")]);
  if (tracked === undefined || others === undefined) return undefined;
  if (tracked !== "") return "tracked";
  if (others.startsWith("!!")) return "ignored";
  return others.startsWith("??") ? "untracked" : undefined;
}
