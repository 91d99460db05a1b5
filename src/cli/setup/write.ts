import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeWhole } from "../../config/write-whole.ts";
import { UserError } from "../../errors.ts";
import { hideFromGit } from "./git.ts";
import type { Project } from "./project.ts";
import type { SettingsFile } from "./settings-file.ts";

export interface Change {
  readonly file: SettingsFile;
  /** What it is called for people. */
  readonly name: string;
  readonly text: string;
  /** Whether git is told to leave it alone, unless it has it already. */
  readonly isOfThisMachine: boolean;
}

/**
 * Writes a settings file, with a copy of what stood there beside it.
 *
 * @param now milliseconds since the epoch
 * @returns the path of the copy; undefined where there was no file
 */
export function writeChange({ root }: Project, { file, name, text, isOfThisMachine }: Change, now: number): string | undefined {
  if (textNow(file.path) !== file.text)
    throw new UserError(
      "not_applicable",
      "changed",
      `${name} has changed meanwhile, so nothing was written there. Run nextrust setup again.`,
    );
  const copy = file.text === undefined ? undefined : backUp(file.path, file.text, now);
  if (copy !== undefined) hideFromGit(root, copy, "/.claude/settings*.json.backup-*");
  if (isOfThisMachine) hideFromGit(root, file.path, `/${name}`);
  writeWhole(file.path, text);
  return copy;
}

/** Of each content one copy is enough. */
function backUp(path: string, text: string, now: number): string {
  const folder = dirname(path);
  const prefix = `${basename(path)}.backup-`;
  const earlier = readdirSync(folder).find((name) => name.startsWith(prefix) && textNow(join(folder, name)) === text);
  const copy = join(folder, earlier ?? `${prefix}${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`);
  // The copy is as secret as the file.
  if (earlier === undefined) copyFileSync(path, copy);
  return copy;
}

function textNow(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
