import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";

interface Place {
  readonly file: string;
  /** Each is a connection of its own. */
  open(): Journal;
}

/** Where a journal is kept that goes away with the test. */
export function aJournalPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-journal-"));
  const opened: Journal[] = [];
  onTestFinished(() => {
    for (const journal of opened) journal.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, "hooks.db");
  return {
    file,
    open() {
      const journal = openJournal(file);
      opened.push(journal);
      return journal;
    },
  };
}
