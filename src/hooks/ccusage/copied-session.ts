import { createHash } from "node:crypto";
import { copyFileSync, linkSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { UserError } from "../../errors.ts";
import { transcriptFiles } from "../usage/transcript-files.ts";

const mostBytes = 512 << 20;

/** A folder as Claude Code's own, with the transcripts of one session and nothing else. */
export interface CopiedSession extends Disposable {
  readonly folder: string;
}

/**
 * ccusage reads all sessions of a folder, and no symbolic links: the files are linked hard, or copied from another file system.
 *
 * @throws UserError where there is too much of it
 */
export function copySession(transcript: string, folder: string): CopiedSession {
  // What is removed has to be in a folder of ours.
  makeHiddenFolder(dirname(folder));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  remove();
  try {
    makeHiddenFolder(folder);
    let bytes = 0;
    for (const file of transcriptFiles(transcript)) {
      const stats = lstatSync(file);
      if (!stats.isFile()) throw new UserError("not_applicable", "no_file", "One of the session's transcripts is no file.");
      bytes += stats.size;
      if (bytes > mostBytes) throw new UserError("not_applicable", "too_much", "The session's transcripts are too large to be read twice.");
      const copy = join(folder, "projects", "session", relative(dirname(transcript), file));
      mkdirSync(dirname(copy), { recursive: true });
      linkOrCopy(file, copy);
    }
    return { folder, [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** The same session has the same folder, so that one that was left behind goes the next time. */
export const copyFolder = (dataDir: string, transcript: string): string =>
  join(dataDir, `ccusage-${createHash("sha256").update(transcript).digest("hex").slice(0, 16)}`);
