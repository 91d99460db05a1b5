import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeHiddenFolder } from "../config/hidden-folder.ts";
import type { HookSettings } from "../config/hooks.ts";
import { usualSettingsFile } from "../config/present.ts";
import type { PhasePlan } from "../pipeline/phases/phases.ts";

interface Where {
  readonly project: string;
  readonly dataDir: string;
  /** As NEXTRUST_CONFIG names it. */
  readonly file: string | undefined;
}

/** What hooks need of the settings file. */
export interface FoundSettings {
  readonly settings: HookSettings;
  /** The phases of every repository that the file describes. */
  readonly plans: readonly PhasePlan[];
  /** What is wrong with the file: then the settings are the usual ones. */
  readonly problems: readonly string[];
}

interface Kept extends FoundSettings {
  readonly key: string;
}

/**
 * What the settings say of hooks. Reading YAML takes several times as long as everything else that a hook does, so what was read is kept beside the
 * state for as long as the file stays as it is.
 */
export async function settingsOf(where: Where): Promise<FoundSettings> {
  const path = resolve(where.project, where.file ?? usualSettingsFile);
  const seen = stampOf(path);
  // What another build has read may mean something else to this one; a bundle's name says what is in it. And what a checkout brings ready-made does
  // not know the number of the folder that it is in.
  const keyIn = (folder: string) => [import.meta.filename, lstatSync(folder, { throwIfNoEntry: false })?.ino, path, seen].join(":");
  const cache = join(where.dataDir, "hook-settings.json");
  const kept = read(cache);
  if (kept && kept.key === keyIn(where.dataDir)) {
    const { key: _, ...found } = kept;
    return found;
  }

  const { readHookSettings } = await import("./read-settings.ts");
  const found = readHookSettings(path, seen !== undefined || where.file !== undefined);
  keep(cache, (folder) => ({ key: keyIn(folder), ...found }));
  return found;
}

/** Differs whenever the file does; undefined where there is none. */
function stampOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats && [stats.ino, stats.size, stats.mtimeNs].join(":");
  } catch {
    return "out of reach";
  }
}

/** A checkout may bring a link or a pipe in its place: none is followed, none is waited for. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function read(path: string): Kept | null | undefined {
  let file: number;
  try {
    file = openSync(path, flags);
  } catch {
    return undefined;
  }
  try {
    return fstatSync(file).isFile() ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Of several hooks at once each writes a file of its own. */
function keep(path: string, content: (folder: string) => Kept): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    const text = JSON.stringify(content(makeHiddenFolder(dirname(path))));
    // What a process of the same number has left, or a checkout has brought, is not written into.
    rmSync(draft, { force: true });
    writeFileSync(draft, text, { flag: "wx", mode: 0o600 });
    rename(draft, path);
  } catch {
    // Where nothing can be written the file is read each time.
  }
}

function rename(draft: string, path: string): void {
  try {
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
