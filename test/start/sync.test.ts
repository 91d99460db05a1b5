import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { journalFileIn } from "../../src/config/present.ts";
import type { SessionEvent } from "../../src/pipeline/sessions/event.ts";
import { openJournal } from "../../src/state/sessions/open.ts";
import { listen, now, token } from "../bot/events/listening.ts";
import { aCheckout, type Checkout } from "../hooks/a-checkout.ts";
import { aTold, aUsageOf } from "../state/sessions/a-journal.ts";
import { run } from "./nextrust.ts";

function spool({ path }: Checkout, ...events: readonly SessionEvent[]): void {
  const journal = openJournal(journalFileIn(join(path, ".nextrust")));
  journal.spool.add(events, now);
  journal.close();
}

describe("nextrust sync", () => {
  it("tells the bot from any folder of the checkout what waits, and keeps what it refuses", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    mkdirSync(join(checkout.path, "src", "deep"), { recursive: true });
    spool(checkout, aUsageOf("s1"), aTold("f1", { failures: 0 }), aTold("f2"));
    const folder = join(checkout.path, "src", "deep");
    const variables = { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: token };

    const { code, stdout } = await run(["sync"], { folder, variables });

    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: "2 events told.\n1 event refused and kept; a newer bot may take them:\n  failure f1: failures must be at least 1.\n",
    });
    expect((await bot.total())?.requests).toBe(1);

    const again = await run(["sync", "--json"], { folder, variables });

    expect({ ...JSON.parse(again.stdout), code: again.code }).toEqual({
      code: 1,
      told: 0,
      waiting: 0,
      aside: [{ id: "f1", type: "failure", problem: "failures must be at least 1." }],
      lost: 0,
    });
  });

  it("writes into this machine's ledger where no bot is named, and a report shows it at once", async () => {
    using checkout = aCheckout();
    spool(checkout, aUsageOf("s1"), aTold("f1"));

    const dry = await run(["sync", "--dry-run"], { folder: checkout.path });
    const { code, stdout } = await run(["sync"], { folder: checkout.path });
    const report = await run(["usage-report", "--since", "2026-11-20", "--output-format", "json"], { folder: checkout.path });

    expect(dry).toMatchObject({ code: 1, stdout: "2 events wait.\n" });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "2 events told.\n" });
    expect(report.stdout).toContain("claude-sonnet-4-5");
  });

  it("says why something is left, and does not insist where only a person can help", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    spool(checkout, aUsageOf("s1"));

    const variables = { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: "another-token-of-more-than-32-characters" };
    const { code, stdout } = await run(["sync"], { folder: checkout.path, variables });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^1 event waits: The bot at .* does not take this token/);
  });

  it("has nothing to do where there were no hooks, and leaves nothing behind", async () => {
    using checkout = aCheckout();

    const { code, stdout } = await run(["sync"], { folder: checkout.path });

    expect({ code, stdout }).toEqual({ code: 0, stdout: "Nothing waits.\n" });
    expect(checkout.git("status", "--porcelain", "--ignored")).toBe("");
  });
});
