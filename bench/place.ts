import { mkdirSync } from "node:fs";
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own that goes with its scope. */
export interface Place extends AsyncDisposable {
  readonly path: string;
}

/** What Linux calls a folder that is kept in memory, where storing durably costs nothing. */
const memoryFileSystems = [0x01021994, 0x858458f6];

/** On a disk: where the system's temporary folder is in memory, below the working directory. */
export async function createPlace(): Promise<Place> {
  const isInMemory = memoryFileSystems.includes((await statfs(tmpdir())).type);
  const parent = isInMemory ? join(process.cwd(), ".nextrust") : tmpdir();
  mkdirSync(parent, { recursive: true });
  const path = await mkdtemp(join(parent, "nextrust-bench-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
