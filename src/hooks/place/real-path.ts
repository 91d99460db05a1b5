import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** As many as Linux follows. */
const mostLinks = 40;

/**
 * Where a file would really be written: links are followed, also one that leads to nothing yet, and letters are as the file system has them. What is
 * not there stays as it is named.
 *
 * @throws where a link leads round in a circle, and for what is no path
 */
export function realPathOf(path: string, linksLeft = mostLinks): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (!isAbsence(error) || dirname(path) === path) throw error;
  }
  const folder = realPathOf(dirname(path), linksLeft);
  const here = join(folder, basename(path));
  if (!lstatOf(here)?.isSymbolicLink()) return here;
  if (linksLeft === 0) throw new Error("it is a link that leads nowhere");
  return realPathOf(resolve(folder, readlinkSync(here)), linksLeft - 1);
}

/** A folder's path within itself is empty. */
export function pathWithin(folder: string, path: string): string | undefined {
  const between = relative(folder, path);
  if (between === ".." || between.startsWith(`..${sep}`) || isAbsolute(between)) return undefined;
  return between.split(sep).join("/");
}

export const isThere = (path: string): boolean => lstatOf(path) !== undefined;

function lstatOf(path: string) {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** What we may not look into is as good as absent: nobody of this account writes there. */
const isAbsence = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "");
