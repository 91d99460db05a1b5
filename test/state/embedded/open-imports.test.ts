import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { openImports } from "../../../src/state/embedded/open-imports.ts";
import { anEntry } from "../../contracts/ledger.ts";

it("has a bot look at the budgets that what is imported beside it counts against, and at none of long ago", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  const file = join(folder, "nextrust.db");
  const bot = await openEmbedded({ file });
  const imports = await openImports(file, "UTC");
  const old = anEntry({ id: "anthropic:old", session: "old", at: Date.now() - 400 * 24 * 60 * 60_000 });

  await imports.put([anEntry({ at: Date.now() }), old], "here", []);
  await imports.put([anEntry({ at: Date.now() - 1 })], "here", []);

  const touched = await bot.records.transaction(({ budgets }) => budgets.takeTouched(10));
  expect(touched.map(({ key }) => key)).toEqual(["day", "hour", "month", "session:s1"]);
  imports.close();
  await bot.close();
  await rm(folder, { recursive: true });
});
