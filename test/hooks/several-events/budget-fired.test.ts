import { join } from "node:path";
import { expect, it } from "vitest";
import { journalFileIn } from "../../../src/config/present.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { listen, now, token } from "../../bot/events/listening.ts";
import { aUsageOf } from "../../state/sessions/a-journal.ts";
import { aCheckout } from "../a-checkout.ts";
import { aPayload } from "../captured/payload.ts";
import { fire } from "../fire.ts";

it("tells what was spent when a session ends, and stops tools and prompts of one whose budget is spent", async () => {
  using checkout = aCheckout();
  await using bot = await listen();
  const about = { cwd: checkout.path, session_id: "s1" };
  const variables = { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: token };
  const journal = openJournal(journalFileIn(join(checkout.path, ".nextrust")));
  journal.spool.add([aUsageOf("s1")], now);
  const spent = { level: "critical", name: "session s1", argument: "session:s1", spent: "$15.00 of $10.00 (150 %)" } as const;
  journal.standings.keep("s1", [spent], Date.now());
  journal.close();

  const ended = await fire("session-end", aPayload("session-end", about), { cwd: checkout.path, variables });
  const tool = await fire("pre-tool-use", aPayload("pre-tool-use", about), { cwd: checkout.path });
  const prompt = await fire("user-prompt-submit", aPayload("user-prompt-submit", about), { cwd: checkout.path });

  expect(ended).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  expect((await bot.total())?.requests).toBe(1);
  for (const { exitCode, stdout, stderr } of [tool, prompt]) {
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/budget: The budget is spent: session s1: \$15\.00 of \$10\.00 \(150 %\)\. Stop here/);
  }
});
