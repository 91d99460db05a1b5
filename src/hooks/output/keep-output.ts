import { readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { ownStats } from "../../config/own-stats.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { Context } from "../context.ts";
import { secretsIn } from "../secrets.ts";

/**
 * Keeps a text without what looks like a secret, where git and other accounts do not see it, and removes the oldest ones when all of them take too much
 * room.
 *
 * @returns where it is
 */
export function keepOutput(
  text: string,
  of: { readonly session: string; readonly use: string },
  totalBytes: number,
  { place, variables }: Pick<Context, "place" | "variables">,
): string {
  const folder = makeHiddenFolder(place.dataDir, "artefacts", "outputs", fileName(of.session));
  const path = join(folder, `${fileName(of.use)}.txt`);
  ownStats(path);
  writeFileSync(path, mask(text, secretsIn(variables)), { mode: 0o600 });
  makeRoom(dirname(folder), path, totalBytes);
  return path;
}

/** What a payload names something, fit for the name of a file. */
const fileName = (named: string): string => named.replace(/[^\w-]/g, "_").slice(0, 64) || "unnamed";

function makeRoom(outputs: string, newest: string, totalBytes: number): void {
  const files = readdirSync(outputs, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat ? [{ path, folder: entry.parentPath, bytes: stat.size, at: stat.mtimeMs }] : [];
    })
    .toSorted((a, b) => a.at - b.at);
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, folder, bytes } of files) {
    if (total <= totalBytes) return;
    if (path === newest) continue;
    rmSync(path, { force: true });
    total -= bytes;
    removeIfEmpty(folder);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others are in it, or another process was faster.
  }
}
