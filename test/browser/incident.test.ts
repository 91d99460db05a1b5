import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isFlawless } from "./flaws.ts";
import { messages, refusedAnswer, startVisits } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

let world: Awaited<ReturnType<typeof startWholeBot>>;
let visits: Awaited<ReturnType<typeof startVisits>>;
let page: Page;

beforeAll(async () => {
  [world, visits] = await Promise.all([startWholeBot({ isSampled: true }), startVisits()]);
  page = await visits.open(world.url);
  await page.getByRole("radio", { name: /^main/ }).check();
});
afterAll(async () => {
  const complaints = await visits.leave(refusedAnswer);
  await Promise.all([world.close(), visits.close()]);
  expect(complaints).toEqual([]);
});

const root = () => messages(page).locator(".message").filter({ hasText: "i1 CI on main" }).first();
const thread = () => messages(page).locator(".thread").first();
const be = (who: RegExp) => page.getByRole("radio", { name: who }).check();

/** By the keyboard alone. */
async function happens(what: string): Promise<void> {
  const button = page.getByRole("button", { name: "Let something happen" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: what }).focus();
  await page.keyboard.press("Enter");
}

describe("the life of an incident in the console", () => {
  it("begins in #ci within seconds, with what fails and that nobody has it", async () => {
    await page.getByRole("button", { name: "Actions for docs" }).click();
    await page.getByRole("menuitem", { name: /^Break/ }).click();

    await root().getByText("i1 CI on main is red: docs · nobody has it").waitFor({ timeout: 5_000 });
    await page.getByText("Pager: 1 open").waitFor();
    await isFlawless(page);
  });

  it("is taken by a button, with the keyboard alone, and its message says by whom", async () => {
    await root().getByRole("button", { name: "Acknowledge" }).focus();
    await page.keyboard.press("Enter");

    await root().getByText("i1 CI on main is red: docs · ada has it").waitFor();
    await page.getByText("acknowledged by").waitFor();
  });

  it("is taken over by another, which whoever had it sees", async () => {
    await be(/^Grace/);
    await root().getByRole("button", { name: "Take over" }).click();
    await root().getByText("grace has it").waitFor();

    await be(/^Ada/);

    await root().getByText("grace has it").waitFor();
    await thread().getByText("grace took i1 over from ada").waitFor();
  });

  it("ends with a commit on which everything passes, and its thread tells all of it", async () => {
    await be(/^Grace/);
    await happens("Push a fix");
    await page.getByRole("button", { name: "Finish runs now" }).click();

    await root().getByText("i1 CI on main: fixed · grace had it").waitFor();
    await thread().getByText("i1 is fixed").waitFor();
    await page.getByText("Pager: nothing rings").waitFor();
    expect(world.pager.incidents()).toMatchObject([{ state: "resolved" }]);
    expect(await thread().innerText()).toMatch(/ada has i1 now.*grace took i1 over.*i1 is fixed/s);
  });

  it("is told by nothing else in #ci", async () => {
    expect(
      await messages(page)
        .getByText(/CI (failed|passed again) on main/)
        .count(),
    ).toBe(0);
  });
});

describe("somebody who may not write", () => {
  it("cannot push to main, and is told so", async () => {
    await be(/^Ravi/);
    await happens("Push a commit");

    await page.getByRole("alert").getByText("GitHub does not let ravi push to main.").waitFor();
    await be(/^Ada/);
  });
});

describe("what else may happen", () => {
  it("is a night, a merge queue and a registry, each an incident of its own", async () => {
    for (const what of ["Nightly fails", "Merge queue drops #1", "A registry is down"]) await happens(what);

    const pages = page.getByRole("list", { name: "Pages" });
    for (const line of [
      "Nightly on schedule (main) is red: soak-test",
      "CI in the merge queue of main is red",
      "outage, the same error in lint",
    ])
      await pages.getByText(line).waitFor();
    await page.getByText("Pager: 3 open").waitFor();
    await isFlawless(page);
  });

  it("is the next night, which ends what the one before began", async () => {
    await happens("Nightly passes");

    await page.getByText("Pager: 2 open").waitFor();
  });
});
