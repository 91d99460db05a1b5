import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { spawnProcess } from "../../contracts/spawn-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const refusal = async (file: string): Promise<string> => {
  const error = await openEmbedded({ file }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ServiceError);
  return error.message;
};

describe("opening the embedded state", () => {
  it("creates the file and its folder", async () => {
    const file = join(await temporaryFolder(), "a", "b", "nextrust.db");

    const state = await openEmbedded({ file });
    await state.keys.set("key", 1, 60_000);
    await state.close();

    const again = await openEmbedded({ file });
    expect(await again.keys.get("key")).toBe(1);
    await again.close();
  });

  it("says what to do when the folder cannot be made", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");

    const message = await refusal(join(file, "nextrust.db"));

    expect(message).toContain(join(file, "nextrust.db"));
    expect(message).toMatch(/cannot be opened .*check that its folder exists and may be written, or name another file\.$/);
  });

  it("says what to do when the file is something else, and leaves it alone", async () => {
    const file = join(await temporaryFolder(), "notes.txt");
    await writeFile(file, "remember the milk\n".repeat(100));

    expect(await refusal(file)).toBe(`${file} is not a database of NeXTRust CI: move it away, or name another file.`);
  });

  it("refuses a file that a newer version wrote", async () => {
    const file = join(await temporaryFolder(), "nextrust.db");
    await (await openEmbedded({ file })).close();
    const raw = new DatabaseSync(file);
    raw.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-future', '2030-01-01T00:00:00Z')");
    raw.close();

    expect(await refusal(file)).toMatch(/was written by a newer version of NeXTRust CI \(it has 9999-future\): start that version/);
  });

  it("refuses integers that a number cannot hold, instead of rounding them", async () => {
    const file = join(await temporaryFolder(), "nextrust.db");
    const state = await openEmbedded({ file });
    const raw = new DatabaseSync(file);
    raw.exec(`INSERT INTO audit (intent, ended_at, duration_ms, surface, actor, actor_name, command, text, outcome, reason, reply)
      VALUES ('big', 9007199254740993, 1, 'slack', '', '', '', '', 'done', '', 'null')`);
    raw.close();

    await expect(state.records.transaction((tx) => tx.audit.latest(1))).rejects.toThrow("too large");
    await state.close();
  });

  it("works for many processes that open a new file at the same moment", async () => {
    const address = `embedded:${join(await temporaryFolder(), "nextrust.db")}`;

    const all = await Promise.all([1, 2, 3, 4].map((id) => spawnProcess(address, "die-after-storing", id)));

    await Promise.all(all.map(({ exited }) => exited));
    const state = await openEmbedded({ file: address.replace("embedded:", "") });
    const known = [1, 2, 3, 4].map((id) => state.records.transaction((tx) => tx.queue.add({ id: `${id}`, task: "work", payload: null })));
    expect(await Promise.all(known)).toEqual(["known", "known", "known", "known"]);
    await state.close();
  });
});
