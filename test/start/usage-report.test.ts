import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { anEntry } from "../contracts/ledger.ts";
import { run, temporaryFolder } from "./nextrust.ts";

describe("nextrust usage-report", () => {
  it("reads the state of a bot that is running, in the zone of its settings", async () => {
    const folder = await temporaryFolder();
    const state = await openEmbedded({ file: join(folder, "nextrust.db") });
    try {
      await state.records.transaction(({ ledger }) => ledger.append([anEntry({ at: Date.now() - 60_000, costPico: 3n * 10n ** 12n })]));
      await writeFile(join(folder, "settings.yml"), "budgets: { zone: Europe/Berlin }\n");

      const { code, stdout, stderr } = await run(["usage-report", "--group-by", "session", "--output-format", "csv"], {
        folder,
        variables: { NEXTRUST_DATA_DIR: folder, NEXTRUST_CONFIG: "settings.yml" },
      });

      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.split("\r\n")[1]).toMatch(/^s1,.*,Europe\/Berlin,1,100,3000,2000,0,50,0,0,3,0,0$/);
    } finally {
      await state.close();
    }
  });
});
