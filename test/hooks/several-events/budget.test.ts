import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { budget } from "../../../src/hooks/several-events/budget.ts";
import type { ReachedBudget } from "../../../src/pipeline/sessions/standings.ts";
import { aUsage, listen, now, token } from "../../bot/events/listening.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aCommand, aPayload } from "../captured/payload.ts";

const payload = aCommand("cargo build", { session_id: "s-1" });
const prompt = aPayload("user-prompt-submit", { session_id: "s-1" });
const minuteMs = 60_000;
const spent = (changes: Partial<ReachedBudget> = {}): ReachedBudget => ({
  level: "critical",
  name: "session s-1",
  argument: "session:s-1",
  spent: "$10.50 of $10.00 (105 %)",
  ...changes,
});
const warned = spent({ level: "warning", spent: "$6.00 of $10.00 (60 %)" });

const at = (ms: number) => ({ now: () => now + ms });
/** A bot that nobody answers for. */
const gone = { NEXTRUST_URL: "http://127.0.0.1:1", NEXTRUST_API_TOKEN: token };

describe("the budget guard", () => {
  it("stops tools and prompts when a budget is spent, and says what to do", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { variables: gone, ...at(0) });
    context.journal().standings.keep("s-1", [spent(), spent({ name: "2026-11-23", argument: "day", until: now + minuteMs }), warned], now);

    const said = await budget.run(payload, context);

    expect(said).toEqual({
      kind: "deny",
      reason:
        "The budget is spent: session s-1: $10.50 of $10.00 (105 %); 2026-11-23: $10.50 of $10.00 (105 %), until 2026-11-23T12:01Z. " +
        "Stop here: call no more tools, and say what is done and what is left. " +
        "For the person: nextrust budget shows it, and an admin can raise it: /ci budget override session:s-1 <dollars> -- <why>.",
    });
    expect(await budget.run(prompt, context)).toEqual(said);
  });

  it("says where the budgets stand on a machine without a bot", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, at(0));
    context.journal().standings.keep("s-1", [spent()], now);

    expect(await budget.run(payload, context)).toMatchObject({
      reason: expect.stringContaining("thresholds in config/model-pricing.json"),
    });
  });

  it("lets a run hand over what it has, by the tool for answers in JSON", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, at(0));
    context.journal().standings.keep("s-1", [spent()], now);

    expect(await budget.run({ ...payload, tool_name: "StructuredOutput" }, context)).toBeUndefined();
  });

  it("warns once for each session and period", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, at(0));
    context.journal().standings.keep("s-1", [warned], now);

    expect(await budget.run(payload, context)).toEqual({
      kind: "tell",
      text: "Most of the budget is spent: session s-1: $6.00 of $10.00 (60 %). When all of it is, tools are stopped: finish what matters first.",
    });
    expect(await budget.run(payload, context)).toBeUndefined();
    context.journal().standings.keep("s-1", [warned, { ...warned, argument: "hour", until: now + minuteMs }], now);
    expect(await budget.run(prompt, context)).toMatchObject({ kind: "tell" });
  });

  it.each<[string, number, ReachedBudget]>([
    ["was known too long ago", 10 * minuteMs + 1, spent()],
    ["was of a period that is over", minuteMs, spent({ until: now + minuteMs })],
  ])("blocks nothing by what %s", async (_, later, one) => {
    using checkout = aCheckout();
    using context = aContext(checkout, { variables: gone, ...at(later) });
    context.journal().standings.keep("s-1", [one], now);

    expect(await budget.run(payload, context)).toBeUndefined();
  });

  it("blocks nothing where nothing is known, and writes nothing", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout);

    expect(await budget.run(payload, context)).toBeUndefined();
    expect(await budget.run(prompt, context)).toBeUndefined();
    expect(existsSync(context.place.dataDir)).toBe(false);
    context.journal();
    expect(await budget.run(payload, context)).toBeUndefined();
  });

  it("asks anew before it stops what another limit allows now", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    await bot.tell(aUsage({ session: "s-1", costUsd: "1" }));
    using context = aContext(checkout, { variables: { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: token }, ...at(minuteMs) });
    context.journal().standings.keep("s-1", [spent()], now);

    expect(await budget.run(prompt, context)).toBeUndefined();
    expect(context.journal().standings.of("s-1")).toEqual({ at: now + minuteMs, reached: [] });
  });

  it("stops by what it knows when nobody answers", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { variables: gone, ...at(minuteMs) });
    context.journal().standings.keep("s-1", [spent()], now);

    expect(await budget.run(payload, context)).toMatchObject({ kind: "deny" });
  });
});
