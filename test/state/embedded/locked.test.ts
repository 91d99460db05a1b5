import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const script = fileURLToPath(new URL("lock-process.ts", import.meta.url));

/** Resolves once another process has the write lock; what it resolves to waits until it has let go. */
async function lock(file: string, heldMs: number): Promise<() => Promise<unknown>> {
  const child = spawn(process.execPath, [script, file, String(heldMs)], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  return () => exited;
}

const job = { id: "job", task: "work", payload: null };

describe("while another process holds the write lock", () => {
  let file: string;
  let state: EmbeddedState;

  beforeEach(async () => {
    file = join(await temporaryFolder(), "nextrust.db");
    state = await openEmbedded({ file });
    onTestFinished(() => state.close());
  });

  it("a transaction waits, reads and the event loop do not", async () => {
    await state.keys.set("key", "value", 60_000);
    const released = await lock(file, 1_000);
    const startedAt = performance.now();

    const added = state.records.transaction((tx) => tx.queue.add(job));
    let turns = 0;
    for (; performance.now() - startedAt < 600; turns++) await sleep(5);
    const readFrom = performance.now();
    expect(await state.keys.get("key")).toBe("value");

    expect(performance.now() - readFrom).toBeLessThan(300);
    expect(turns).toBeGreaterThan(6);
    expect(await added).toBe("added");
    expect(performance.now() - startedAt).toBeGreaterThan(800);
    await released();
  });

  it("a transaction that cannot begin in time is refused and never runs", async () => {
    const released = await lock(file, 800);
    let hasRun = false;

    const refused = await state.records
      .transaction(
        async (tx) => {
          hasRun = true;
          await tx.queue.add(job);
        },
        { beginWithinMs: 200 },
      )
      .catch((error) => error);

    expect(refused).toBeInstanceOf(ServiceError);
    expect(refused).toMatchObject({ service: "the database", retryable: true, message: expect.stringContaining("nothing was changed") });
    await released();
    await sleep(100);
    expect(hasRun).toBe(false);
    expect(await state.records.transaction((tx) => tx.queue.add(job))).toBe("added");
  });
});
