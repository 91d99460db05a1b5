import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { faintTexts, isFlawless, misnamed, overflow } from "./flaws.ts";
import { comments, messages, slackBox, startVisits, typeInSlack, writeComment } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

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
beforeEach(async () => {
  await goTo(/^Ada/, "#ci");
});

async function goTo(who: RegExp, channel: string): Promise<void> {
  await page.getByRole("radio", { name: who }).check();
  await page.getByRole("radio", { name: channel }).check();
}

const messageOf = (text: string) => messages(page).locator(".message").filter({ hasText: text });
const thread = () => messages(page).locator(".thread").last();
const dialog = () => page.getByRole("dialog", { name: "Failed jobs" });
const focused = () => page.locator(":focus");

async function chooseFromMenu(text: string, item: string): Promise<void> {
  await messageOf(text).first().hover();
  await messageOf(text)
    .first()
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

describe("a visitor", () => {
  it("is answered below the comment in a Discussion", async () => {
    await page.getByRole("radio", { name: "Discussion" }).check();
    await writeComment(page, "/ci-status #2");

    const topic = comments(page).locator(".topic");
    await topic.getByText("1 failed, 5 passed, 1 skipped").waitFor();
    await topic.getByRole("img", { name: "rocket" }).waitFor();
    await isFlawless(page);
  });

  it("mentions the bot in a thread and is answered there", async () => {
    await typeInSlack(page, "Is #2 red <again>?");
    await messageOf("Is #2 red <again>?").hover();
    await messageOf("Is #2 red <again>?")
      .getByRole("button", { name: /^Reply to/ })
      .click();

    await typeInSlack(page, "@nextrust status #2");

    await thread().getByText("@NeXTRust CI").waitFor();
    await thread().getByText("1 failed, 5 passed, 1 skipped").waitFor();
    await page.getByRole("button", { name: "Leave" }).click();
  });

  it("changes and deletes what they said, and nothing of others", async () => {
    await world.slack.say({ as: "ravi", channel: "ci", text: "Mine & mine" });
    await typeInSlack(page, "Helo @nextrust, a < b & c");
    await chooseFromMenu("Helo", "Edit message");
    expect(await slackBox(page).inputValue()).toBe("Helo @nextrust, a < b & c");
    await typeInSlack(page, "Hello, a < b & c");
    await messageOf("Hello, a < b & c").getByText("(edited)").waitFor();

    await chooseFromMenu("Hello, a < b", "Delete message");
    await page.getByRole("dialog", { name: "Delete this message?" }).getByRole("button", { name: "Delete" }).click();

    await messageOf("Hello, a < b").waitFor({ state: "detached" });
    await messageOf("Mine & mine").hover();
    await messageOf("Mine & mine")
      .getByRole("button", { name: /^Actions for/ })
      .click();
    expect((await page.getByRole("menuitem").locator("b").allInnerTexts()).map(String)).toEqual(["Retry what failed", "CI status of this"]);
    await page.keyboard.press("Escape");
  });
});

describe("the dialog of failed jobs", () => {
  it("opens from a message, and gives the focus back when it is closed", async () => {
    await chooseFromMenu("Is #2 red <again>?", "Retry what failed");
    await dialog().getByText("1 job is red").waitFor();
    expect(await focused().getAttribute("role")).toBe("combobox");
    await focused().click();
    await dialog().getByRole("option").first().waitFor();
    await isFlawless(page);

    await page.keyboard.press("Escape");
    expect(await dialog().isVisible()).toBe(true);
    await page.keyboard.press("Escape");

    await dialog().waitFor({ state: "hidden" });
    expect(await focused().getAttribute("aria-label")).toBe("Actions for the message of Ada Maintainer");
    await eventually(() => world.slack.view("ada") === undefined);
  });

  it("searches, says beside the field what is wrong, and retries what was chosen", async () => {
    await chooseFromMenu("Is #2 red <again>?", "Retry what failed");
    const box = dialog().getByRole("combobox", { name: "Jobs to run again" });
    await box.fill("68040");
    await dialog().getByRole("option", { name: "CI / test-rust (m68040)" }).waitFor();
    await box.press("Enter");
    await box.press("Escape");
    await dialog().getByRole("button", { name: "Retry" }).click();
    await dialog().getByRole("alert").getByText("Choose all that failed, or some of them, not both.").waitFor();
    expect(await focused().getAttribute("aria-invalid")).toBe("true");
    expect(await misnamed(page)).toEqual([]);

    await dialog().getByRole("button", { name: "Remove All that failed (1)" }).click();
    await dialog().getByRole("checkbox", { name: "With debug logging" }).check();
    await dialog().getByRole("button", { name: "Retry" }).click();

    await dialog().waitFor({ state: "hidden" });
    const answer = messageOf("Retrying test-rust (m68040) on #2").or(messageOf("test-rust (m68040) passed on attempt 2"));
    await answer.first().waitFor();
    await page.getByRole("radio", { name: /#2/ }).check();
    const job = page.getByRole("list", { name: "Jobs" }).getByRole("listitem").filter({ hasText: "test-rust (m68040)" });
    await job.getByText(/attempt 2/).waitFor();
  });

  it("opens from nowhere by a shortcut, and asks which pull request", async () => {
    const shortcut = page.getByRole("button", { name: "CI: failed jobs" });
    await shortcut.click();

    await dialog()
      .getByText(/pull request/i)
      .first()
      .waitFor();
    await dialog().getByRole("button", { name: "Close" }).last().click();

    await dialog().waitFor({ state: "hidden" });
    expect(await focused().innerText()).toContain("CI: failed jobs");
  });
});

describe("the App Home", () => {
  it("shows one's pull requests, and its buttons are answered in the conversation with the bot", async () => {
    await page.getByRole("radio", { name: "Home" }).check();
    const home = page.getByRole("region", { name: "App Home" });
    await home.getByText("Your open pull requests").waitFor();
    await isFlawless(page);

    await home.getByRole("button", { name: "Show status" }).last().click();
    await page.getByRole("radio", { name: "Direct" }).check();

    await messages(page).getByText("7 passed").first().waitFor();
  });

  it("is everybody's own", async () => {
    await goTo(/^Uma/, "Home");

    await page.getByText("You are not linked to a GitHub account").waitFor();
    expect(await page.getByText("Your open pull requests").isVisible()).toBe(false);
  });
});

describe("what a visitor finds in #ci", () => {
  it("is a failure on main", async () => {
    await page.getByRole("radio", { name: /^main/ }).check();
    await page.getByRole("button", { name: "Actions for docs" }).click();
    await page.getByRole("menuitem", { name: /^Break/ }).click();

    await messageOf("i1 CI on main is red: docs").waitFor();
    expect(await commentFormIsThere()).toBe(false);
  });

  it("is a pull request's conversation, both ways", async () => {
    await page.getByRole("radio", { name: /#1/ }).check();
    await writeComment(page, "Said on GitHub");
    await messageOf("Said on GitHub").waitFor();

    await messageOf("Align the allocator")
      .last()
      .getByRole("button", { name: /^Reply to/ })
      .click();
    await typeInSlack(page, "Said in Slack");

    await comments(page).getByText("Said in Slack").waitFor();
    await page.getByRole("button", { name: "Leave" }).click();
  });

  it("is a budget that somebody spends, and the next call that asks is refused", async () => {
    await page.getByRole("button", { name: "Spend on AI" }).click();
    await page.getByRole("radio", { name: "$20" }).check();
    await page.getByRole("button", { name: "Spend", exact: true }).click();
    await messageOf("nextrust/nextrust#1: $2").first().waitFor();

    await page.getByRole("button", { name: "Ask first" }).click();

    await page
      .getByRole("status")
      .getByText(/^Refused\. The budget of nextrust\/nextrust#1 has \$0\.00 left/)
      .waitFor();
    await isFlawless(page);
  });

  const commentFormIsThere = () => page.getByRole("textbox", { name: "Comment" }).isVisible();
});

describe("somebody who is not linked", () => {
  it("links in the browser, from the refusal's button to the answer of what they asked", async () => {
    await goTo(/^Uma/, "#random");
    await typeInSlack(page, "/ci status nextrust/nextrust#1");
    const link = messages(page).getByRole("link", { name: "Link my GitHub account" });

    const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await looksGood(tab);
    await tab.getByRole("radio", { name: "uma" }).check();
    await tab.getByRole("button", { name: "Authorize" }).click();
    await tab.getByRole("heading", { name: "Is uma in Slack you?" }).waitFor();
    await looksGood(tab);
    await tab.getByRole("button", { name: "Yes, I am uma" }).click();
    await tab.getByRole("heading", { name: "Linked: Slack uma is GitHub uma." }).waitFor();
    await looksGood(tab);
    await tab.close();

    await messages(page).getByText("7 passed").waitFor();
  });

  async function looksGood(tab: Page): Promise<void> {
    for (const colorScheme of ["dark", "light"] as const) {
      await tab.emulateMedia({ colorScheme });
      expect(await faintTexts(tab)).toEqual([]);
    }
    await tab.setViewportSize({ width: 390, height: 800 });
    expect(await overflow(tab)).toBe(0);
    expect(await misnamed(tab)).toEqual([]);
  }
});
