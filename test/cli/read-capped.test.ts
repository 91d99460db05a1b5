import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCapped } from "../../src/cli/prices/read-capped.ts";

describe("a file of somebody else's", () => {
  it("is read as text, unless it is not there or bigger than it could be", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [small, big] = [join(folder, "small"), join(folder, "big")];
    await writeFile(small, "ä");
    await writeFile(big, "");
    await truncate(big, 50 * 1024 * 1024 + 1);

    expect(await readCapped(small)).toBe("ä");
    await expect(readCapped(big)).rejects.toThrow(`${big} is bigger than 50 MiB`);
    await expect(readCapped(join(folder, "absent"))).rejects.toThrow(/absent cannot be read: ENOENT/);
    await expect(readCapped(folder)).rejects.toThrow(/cannot be read: EISDIR/);
  });
});
