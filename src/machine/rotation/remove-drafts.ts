import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ownStats } from "../../config/own-stats.ts";

/** What is made in the folder of the hooks' state for a moment only. */
const draft = /^(?:hook-settings\.json\.\d+\.new|ccusage-[\da-f]{16}|snapshots\/\..+\.new)$/;

/** Removes what processes that were killed have left in the folder of the hooks' state. */
export function removeDrafts(dataDir: string, before: number): void {
  for (const name of [...namesIn(dataDir), ...namesIn(join(dataDir, "snapshots")).map((each) => `snapshots/${each}`)]) {
    const path = join(dataDir, name);
    if (draft.test(name) && (ownStats(path)?.mtimeMs ?? before) < before) rmSync(path, { recursive: true, force: true });
  }
}

/** Nothing where there is no such folder, or a link in its place. */
function namesIn(folder: string): readonly string[] {
  try {
    return ownStats(folder) ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}
