import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import { eventually } from "../eventually.ts";
import { comments, messages, startVisits, typeInSlack, writeComment } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

describe("in the console", () => {
  let world: Awaited<ReturnType<typeof startWholeBot>>;
  let visits: Awaited<ReturnType<typeof startVisits>>;
  let page: Page;

  beforeAll(async () => {
    [world, visits] = await Promise.all([startWholeBot(), startVisits()]);
    await world.github.setRole("ada", "admin");
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

  it("an administrator is asked before caches are deleted", async () => {
    const { caches } = world.github as GitHubSandbox & { caches(): readonly unknown[] };
    const before = caches().length;
    await typeInSlack(page, "/ci clear-cache");
    const confirming = messages(page).locator("button[data-action]").last();
    await confirming.waitFor();
    expect(caches()).toHaveLength(before);

    await confirming.click();
    const dialog = page.getByRole("dialog");
    if (await dialog.isVisible()) await dialog.locator("#confirm-yes").click();

    await eventually(() => caches().length < before);
  });
});
