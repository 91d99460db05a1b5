import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { toPico } from "../../src/pipeline/usage/money.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { run, temporaryFolder } from "./nextrust.ts";

const tokens = { uncachedIn: 1_000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 10, reasoning: 0 };

describe("nextrust prices reconcile", () => {
  it("compares a vendor's pages with the ledger of a running bot, and ends with 1 where they differ", async () => {
    const folder = await temporaryFolder();
    const state = await openEmbedded({ file: join(folder, "nextrust.db") });
    onTestFinished(() => state.close());
    const entry = (day: string, usd: number) => ({
      id: `openai:${day}`,
      at: Date.parse(`${day}T23:59:59Z`),
      provider: "openai" as const,
      model: "o3-2025-04-16",
      service: "openai-api",
      basis: "metered" as const,
      tokens,
      costPico: toPico(usd),
      pricedBy: "o3@2025-06-10",
    });
    await state.records.transaction(({ ledger }) =>
      ledger.append([entry("2026-11-19", 7), entry("2026-11-20", 1), entry("2026-11-21", 2)]),
    );
    const bucket = (day: string, value: number) => ({
      start_time: Date.parse(day) / 1_000,
      end_time: Date.parse(day) / 1_000 + 86_400,
      results: [{ amount: { value, currency: "usd" }, line_item: "o3-2025-04-16, output" }],
    });
    const page = { object: "page", has_more: false, next_page: null, data: [bucket("2026-11-20", 3), bucket("2026-11-21", 2)] };
    await writeFile(join(folder, "page.json"), JSON.stringify(page));

    const { code, stdout, stderr } = await run(["prices", "reconcile", "page.json"], { folder, variables: { NEXTRUST_DATA_DIR: folder } });

    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout.replaceAll(/ {2,}/g, "  ")).toBe(
      "Day  Model  Billed  Ledger  Likely because\n2026-11-20  o3  $3.00  $1.00  more at the vendor: other people, keys or tools use the model too\n\nopenai  $5.00 billed, $3.00 metered in the ledger, 2026-11-20 to 2026-11-21 (UTC)\n",
    );
  });
});
