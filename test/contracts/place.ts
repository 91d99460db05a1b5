import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Claims } from "../../src/pipeline/claims.ts";
import type { Keys } from "../../src/pipeline/keys.ts";
import type { DeadLetters, QueueWorker } from "../../src/pipeline/queue.ts";
import type { Records } from "../../src/pipeline/records.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { layState } from "../migrated-state.ts";

export interface State {
  readonly keys: Keys;
  readonly claims: Claims;
  readonly records: Records;
  readonly worker: QueueWorker;
  readonly deadLetters: DeadLetters;
  close(): Promise<void>;
}

/** Short enough for tests; the defaults are visible in the adapters. */
export interface Timing {
  readonly leaseMs?: number;
  readonly heartbeatMs?: number;
  readonly pollMs?: number;
}

/** A new, empty store that any number of processes may open at once. */
export interface Place {
  /** How a process of its own finds it. */
  readonly address: string;
  open(timing?: Timing): Promise<State>;
  /** Closes all that was opened here, and leaves nothing behind. */
  remove(): Promise<void>;
}

export async function embeddedPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  const file = join(folder, "state", "nextrust.db");
  await layState(file);
  const opened: State[] = [];
  return {
    address: `embedded:${file}`,
    async open(timing = {}) {
      const state = await openAddress(`embedded:${file}`, timing);
      opened.push(state);
      return state;
    },
    async remove() {
      await Promise.all(opened.map(({ worker }) => worker.stop(0)));
      await Promise.all(opened.map((state) => state.close()));
      await rm(folder, { recursive: true });
    },
  };
}

/** How every process of a test opens its state. The first retry comes after 50 ms. */
export async function openAddress(address: string, timing: Timing): Promise<State> {
  const file = address.replace(/^embedded:/, "");
  return openEmbedded({ file, timing, random: () => 0.05 });
}
