import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { Context } from "../context.ts";
import { secretsIn } from "../secrets.ts";

/** Outputs of tools that were too long for the model, by session. */
const outputsFolder = (dataDir: string): string => join(dataDir, "artefacts", "outputs");

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
  const outputs = outputsFolder(place.dataDir);
  const folder = join(outputs, fileName(of.session));
  const path = join(folder, `${fileName(of.use)}.txt`);
  makeHiddenFolder(place.dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path, mask(text, secretsIn(variables)), { mode: 0o600 });
  makeRoom(outputs, path, totalBytes);
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
