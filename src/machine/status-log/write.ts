import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { HookSettings } from "../../config/hooks.ts";
import { ownStats } from "../../config/own-stats.ts";
import { writeWhole } from "../../config/write-whole.ts";
import type { PhasePlan } from "../../pipeline/phases/phases.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import { standingOf } from "./standing.ts";
import { toJson } from "./to-json.ts";
import { toMarkdown } from "./to-markdown.ts";

interface Place {
  readonly project: string;
  readonly dataDir: string;
}

/** Where the status log is; absolute. */
export const statusLogFolder = ({ project, dataDir }: Place, { statusLog }: Pick<HookSettings, "statusLog">): string =>
  statusLog.folder === undefined ? join(dataDir, "ci-status") : resolve(project, statusLog.folder);

/**
 * Writes the status log where it is not as the journal says. Of several processes one writes after the other, so that the last state stays.
 *
 * @returns whether anything was written
 */
export function writeStatusLog(folder: string, journal: Journal, plan: PhasePlan | undefined): boolean {
  return journal.transaction(() => {
    const standing = standingOf(journal, plan);
    if (standing.phase === undefined && standing.activities.length === 0) return false;
    const written = [
      writeIfOther(join(folder, "pipeline-log.json"), `${JSON.stringify(toJson(standing), undefined, 2)}\n`),
      writeIfOther(join(folder, "pipeline-log.md"), toMarkdown(standing)),
    ];
    return written.includes(true);
  });
}

function writeIfOther(path: string, text: string): boolean {
  ownStats(path);
  if (textIn(path) === text) return false;
  writeWhole(path, text);
  return true;
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
