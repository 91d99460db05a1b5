import { join } from "node:path";
import { expect, it } from "vitest";
import { journalFileIn } from "../../../src/hooks/create-context.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { listen, now, token } from "../../bot/events/listening.ts";
import { aUsageOf } from "../../state/sessions/a-journal.ts";
import { aCheckout } from "../a-checkout.ts";
import { aPayload } from "../captured/payload.ts";
import { fire } from "../fire.ts";

it("tells what was spent when Claude Code stops, and stops the next tool and prompt by what the bot answers", async () => {
  using checkout = aCheckout();
  await using bot = await listen();
  const given = { cwd: checkout.path, variables: { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: token } };
  const about = { cwd: checkout.path, session_id: "s1" };
  const journal = openJournal(journalFileIn(join(checkout.path, ".nextrust")));
  journal.spool.add([aUsageOf("s1", "anthropic:msg_1", 1_000_000)], now);
  journal.close();

  const before = await fire("pre-tool-use", aPayload("pre-tool-use", about), given);
  const stopped = await fire("stop", aPayload("stop", about), given);
  const tool = await fire("pre-tool-use", aPayload("pre-tool-use", about), given);
  const prompt = await fire("user-prompt-submit", aPayload("user-prompt-submit", about), given);

  expect([before, stopped]).toEqual(Array(2).fill({ exitCode: 0, stdout: "", stderr: "" }));
  expect((await bot.total())?.requests).toBe(1);
  for (const { exitCode, stdout, stderr } of [tool, prompt]) {
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^budget: The budget is spent: session s1: \$15\.00 of \$10\.00 \(150 %\)\. Stop here/);
  }
});
