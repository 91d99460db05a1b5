import { lstatSync, type Stats } from "node:fs";

/**
 * What we write into a checkout, and clean away there, has to be ours: a repository may bring a link in its place, to anything of this account.
 *
 * @returns undefined where nothing is there
 * @throws where it is a link
 */
export function ownStats(path: string): Stats | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) throw new Error(`${path} is a link, and what it leads to is not the hooks' own: remove it`);
  return stats;
}
