import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
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
  const seen = statSync(path, { bigint: true, throwIfNoEntry: false });
  // What another build has read may mean something else to this one; a bundle's name says what is in it.
  const key = [import.meta.filename, path, seen?.ino, seen?.size, seen?.mtimeNs].join(":");
  const cache = join(where.dataDir, "hook-settings.json");
  const kept = read(cache);
  if (kept?.key === key) {
    const { key: _, ...found } = kept;
    return found;
  }

  const { readHookSettings } = await import("./read-settings.ts");
  const found = readHookSettings(path, seen !== undefined || where.file !== undefined);
  keep(cache, { key, ...found });
  return found;
}

function read(path: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Of several hooks at once each writes a file of its own. */
function keep(path: string, kept: Kept): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    makeHiddenFolder(dirname(path));
    writeFileSync(draft, JSON.stringify(kept));
    renameSync(draft, path);
  } catch {
    // Where nothing can be written the file is read each time.
  }
}
