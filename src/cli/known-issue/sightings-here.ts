import { existsSync } from "node:fs";
import { journalFileIn } from "../../config/present.ts";
import { ServiceError } from "../../errors.ts";
import type { IssueSighting } from "../../pipeline/sessions/issue-sightings.ts";
import { openJournal } from "../../state/sessions/open.ts";

/** What hooks counted in a checkout; nothing, and a line for the person, where that cannot be read. Reading makes no file. */
export function sightingsIn(dataDir: string, warn: (line: string) => void): readonly IssueSighting[] {
  const file = journalFileIn(dataDir);
  if (!existsSync(file)) return [];
  try {
    const journal = openJournal(file);
    try {
      return journal.issues.all();
    } finally {
      journal.close();
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    warn(`How often they came here is not known: ${error.message}`);
    return [];
  }
}
