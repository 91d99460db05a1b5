import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { comments, messages, startVisits, typeInSlack, writeComment } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

describe("in the console", () => {
  let world: Awaited<ReturnType<typeof startWholeBot>>;
  let visits: Awaited<ReturnType<typeof startVisits>>;
  let page: Page;

  beforeAll(async () => {
    [world, visits] = await Promise.all([startWholeBot(), startVisits()]);
  });
  afterAll(() => Promise.all([world.close(), visits.close()]));
  beforeEach(async () => {
    page = await visits.open(world.url);
  });
  afterEach(async () => {
    expect(await visits.leave()).toEqual([]);
  });

  const failed = () => page.getByRole("list", { name: "Jobs" }).getByRole("listitem").filter({ hasText: "test-rust (m68040)" });
  const fromBot = () => comments(page).getByRole("article").filter({ hasText: "nextrust-ci" });

  it("a reader is refused a retry, and nothing runs", async () => {
    await page.getByRole("radio", { name: /Ravi/ }).check();
    await writeComment(page, "/ci-retry-job --failed");

    await fromBot().getByText(/write/).waitFor();
    expect(await failed().innerText()).toContain("failed");
  });

  it("somebody who may retries a failed job until it is green, without a reload", async () => {
    await page.getByRole("button", { name: "Actions for test-rust (m68040)" }).click();
    await page.getByRole("menuitem", { name: /^Fix/ }).click();
    await failed().getByText("passes next time").waitFor();

    await writeComment(page, "/ci-retry-job --failed");

    await failed().getByText("passed, attempt 2").waitFor({ timeout: 20_000 });
    await page.getByText(/checks passed/).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Actions for test-rust (m68040)" }).click();
    await page.getByRole("menuitem", { name: /Show attempts/ }).click();
    const attempts = page.getByRole("list", { name: "Attempts of test-rust (m68040)" }).getByRole("listitem");
    expect((await attempts.allInnerTexts()).map((text) => text.replace(/\s+/g, " "))).toEqual([
      expect.stringContaining("Attempt 1: failed"),
      expect.stringContaining("Attempt 2: passed"),
    ]);
    // The bot's comment followed the run to its end.
    await fromBot()
      .last()
      .getByText(/passed/)
      .first()
      .waitFor();
  });

  it("an administrator is asked before caches are deleted, and may leave it", async () => {
    const before = world.github.caches().length;
    await page.getByRole("radio", { name: /Grace/ }).check();
    await typeInSlack(page, `/ci clear-cache #${world.github.pulls.red}`);
    const confirming = messages(page).getByRole("button", { name: "Delete 3 caches" });
    const dialog = page.getByRole("dialog");

    await confirming.click();
    await dialog.getByText("This cannot be undone.").waitFor();
    await dialog.getByRole("button", { name: "Leave it" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(world.github.caches()).toHaveLength(before);

    await confirming.click();
    await dialog.getByRole("button", { name: "Delete 3 caches" }).click();
    await messages(page).getByText("grace deleted 3 of 3 caches").waitFor();
    expect(world.github.caches()).toHaveLength(before - 3);
  });
});
