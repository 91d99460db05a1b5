import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commentBox, comments, messages, startVisits, typeInSlack, writeComment } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

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

describe("a maintainer in the console", () => {
  it("sees in Slack how the pull request stands", async () => {
    await typeInSlack(page, "/ci status");

    const answer = messages(page).getByRole("article").filter({ hasText: "1 failed, 5 passed, 1 skipped" });
    await answer.getByText("Only visible to you").waitFor();
    expect(await answer.innerText()).toContain("#2: test-rust (m68040) failed · Handle FPU traps in the kernel");
  });

  it("sees it in the pull request, and copies a command from there into the box", async () => {
    await commentBox(page).fill("half a thought");
    await world.github.comment("ada", world.github.pulls.red, "/ci-status");
    await comments(page).getByText("1 failed, 5 passed, 1 skipped").waitFor();

    await comments(page).getByRole("button", { name: "Copy /ci-status into the box" }).last().click();

    expect(await commentBox(page).inputValue()).toBe("half a thought\n/ci-status");
    expect(await comments(page).getByText("nextrust").count()).toBeGreaterThan(0);
    expect(await comments(page).getByText("<!--").count()).toBe(0);
  });

  it("finds the job that was just broken among the failures", async () => {
    await page.getByRole("button", { name: "Actions for docs" }).click();
    await page.getByRole("menuitem", { name: /Break/ }).click();
    await page.getByText("2 of 7 checks failed").waitFor();

    await writeComment(page, "/ci-status");

    await comments(page).getByText("2 failed, 4 passed, 1 skipped").waitFor();
  });
});

describe("a refusal", () => {
  it.each([
    { who: /Ravi/, why: '"status" needs the role read on nextrust/secret; you hold none.' },
    { who: /Uma/, why: "you are not linked." },
  ])("is for $who alone, and gives nothing away", async ({ who, why }) => {
    await page.getByRole("radio", { name: who }).check();
    await page.getByRole("radio", { name: "#random" }).check();
    await typeInSlack(page, `/ci status nextrust/secret#${world.github.pulls.secret}`);

    await messages(page).getByText(why).waitFor();
    await messages(page).getByText("Only visible to you").last().waitFor();
    expect(await messages(page).innerText()).not.toContain("Make the fans quieter");

    await page.getByRole("radio", { name: /Ada/ }).check();
    await messages(page).getByText("Nothing here yet.").waitFor();
  });
});
