import { Batch } from "../../machine/import/batch.ts";
import type { Found } from "../../machine/import/find-transcripts.ts";
import { type Changed, changedSince, importFiles, type Reading } from "../../machine/import/import-files.ts";
import { emptyTally, type Tally } from "../../machine/import/tally.ts";
import type { Destination, FileMark } from "../../pipeline/usage/import/destination.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";

/** A bar is for those who wait. */
const longBytes = 100_000_000;

/** Where an import goes, and what is known of earlier ones. */
export interface Place {
  marks(): Promise<ReadonlyMap<string, FileMark>>;
  open(): Promise<Destination>;
  readonly isWatched: boolean;
}

/** Reads what is new in files of JSON lines. Whatever can be read is imported; what cannot is in the tally. */
export async function importLines(found: Found, reading: Omit<Reading, "onProgress">, place: Place): Promise<Tally> {
  const tally = emptyTally(reading.unit);
  tally.unreadable.push(...found.unreadable);
  const changed = changedSince(await place.marks(), found.files, tally);
  if (changed.length === 0) return tally;

  const bytes = changed.reduce((sum, file) => sum + bytesOf(file, reading.isAppended), 0);
  const bar = place.isWatched && bytes > longBytes ? (await import("./progress.ts")).showProgress(bytes) : undefined;
  const destination = await place.open();
  try {
    const onProgress = (file: Changed) => bar?.advance(bytesOf(file, reading.isAppended));
    await importFiles(changed, { ...reading, onProgress }, new Batch(destination, tally), tally);
    return tally;
  } finally {
    bar?.stop();
    destination.close();
  }
}

const bytesOf = ({ size, mark }: Changed, isAppended: boolean): number => (isAppended ? Math.max(0, size - (mark?.position ?? 0)) : size);

/** Imports what was read already. */
export async function importUsages(usages: readonly Usage[], place: Place): Promise<Tally> {
  const tally = emptyTally("sum");
  const destination = await place.open();
  try {
    const batch = new Batch(destination, tally);
    for (const usage of usages) {
      batch.add(usage);
      if (batch.isFull) await batch.flush();
    }
    await batch.flush();
    return tally;
  } finally {
    destination.close();
  }
}
