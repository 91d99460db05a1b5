import { expect, it } from "vitest";
import { toBudgetAnswer } from "../../../src/bot/events/budget-wire.ts";
import { renderStandings } from "../../../src/cli/budget/print.ts";
import { describeStandings } from "../../../src/commands/budget/describe.ts";
import { subjectsOf } from "../../../src/pipeline/budgets/budget.ts";
import { standings } from "../../../src/pipeline/budgets/standing.ts";
import { startSpending } from "./spending.ts";

it("says beside each amount what has no price and is not in it", async () => {
  const spending = await startSpending("2026-11-23T12:00:00Z");
  const pull = { repository: "acme/shop", pullRequest: 12 };
  await spending.record(5, pull);
  await spending.record(7_000, { ...pull, model: "nobody-knows" });
  await spending.record(3_000, { model: "nor-this-one" });

  const subjects = subjectsOf(pull, spending.now, "UTC");
  const found = await spending.tx((tx) => standings(subjects, tx, { priceBook: spending.book, now: () => spending.now }));

  const inChat = JSON.stringify(describeStandings(found, "UTC", spending.now));
  const inTerminal = renderStandings(toBudgetAnswer(found, "UTC"), false, 200);
  for (const said of [inChat, inTerminal]) {
    expect(said).toContain("$5.00 of $20.00 (25 %), without 7K tokens of nobody-knows, which have no price");
    expect(said).toContain("$5.00 of $100.00 (5 %), without 10K tokens of nobody-knows, nor-this-one, which have no price");
  }
  await spending.close();
});
