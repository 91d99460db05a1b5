import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isFlawless } from "./flaws.ts";
import { comments, messages, startVisits } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

const patience = { timeout: 30_000 };

let world: Awaited<ReturnType<typeof startWholeBot>>;
let visits: Awaited<ReturnType<typeof startVisits>>;
let page: Page;

beforeAll(async () => {
  [world, visits] = await Promise.all([startWholeBot({ isSampled: true }), startVisits()]);
  page = await visits.open(world.url);
});
afterAll(async () => {
  const complaints = await visits.leave();
  await Promise.all([world.close(), visits.close()]);
  expect(complaints).toEqual([]);
});

const job = (name: string) => page.getByRole("list", { name: "Jobs" }).getByRole("listitem").filter({ hasText: name });
// They may have come to their end by themselves.
const finish = () => world.github.finishRuns(world.github.pulls.red);

async function happens(what: string): Promise<void> {
  await page.getByRole("button", { name: "Let something happen" }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

describe("a job that fails in the console", { timeout: 60_000 }, () => {
  it("because a registry hangs up is retried by a triage, and green", async () => {
    await happens("A registry hangs up");
    await job("docs").getByText("passes next time").waitFor();
    await finish();

    await job("docs")
      .getByText(/attempt 2/)
      .waitFor(patience);

    await page.getByText("All 7 checks passed").waitFor(patience);
    await comments(page).getByText("All green again").waitFor(patience);
  });

  it("because of the change is left to its author, who reads why", async () => {
    await happens("A build breaks");
    await job("build (m68030)").getByText("keeps failing").waitFor();
    await finish();

    await comments(page)
      .getByText(/The change is at fault: .*\(A script says so, and no model\.\).*86 % sure/)
      .waitFor(patience);
    expect(await job("build (m68030)").innerText()).not.toContain("attempt 2");
    await isFlawless(page);
  });

  it("costs something, which is asked for where one spends", async () => {
    await page.getByRole("button", { name: "Spend on AI" }).click();
    await page.getByRole("button", { name: "What was spent" }).click();

    await messages(page)
      .getByText(/1 of 1/)
      .first()
      .waitFor(patience);
    await messages(page).getByText("Triage of failures:").waitFor();
    await isFlawless(page);
  });
});
