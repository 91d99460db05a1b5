import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startStandIn } from "./stand-in.ts";
import { messages, refusedAnswer, slackBox, startVisits, typeInSlack } from "./visits.ts";

let world: Awaited<ReturnType<typeof startStandIn>>;
let visits: Awaited<ReturnType<typeof startVisits>>;
let page: Page;

beforeAll(async () => {
  [world, visits] = await Promise.all([startStandIn(), startVisits()]);
});
afterAll(() => Promise.all([world.close(), visits.close()]));
beforeEach(async () => {
  page = await visits.open(world.url);
});
afterEach(async () => {
  expect(await visits.leave(refusedAnswer)).toEqual([]);
});

const lastMessage = () => messages(page).getByRole("article").last();
const lastRetry = () => messages(page).getByRole("button", { name: "Retry failed jobs" }).last();

describe("the console's Slack", () => {
  it("shows what the bot answers, to the typist alone", async () => {
    await typeInSlack(page, "/ci status");

    await messages(page).getByText("Only visible to you").waitFor();
    await messages(page).getByRole("heading", { name: "Pipeline of #2" }).waitFor();
    expect(await messages(page).getByRole("row").count()).toBe(3);
    expect(await messages(page).getByRole("link", { name: "run 1" }).getAttribute("href")).toBe("https://example.com/run/1");

    await page.getByRole("radio", { name: /Ravi/ }).check();
    await messages(page).getByText("Nothing here yet.").waitFor();
  });

  it("shows markup that people write as text", async () => {
    await typeInSlack(page, "/ci status");

    await messages(page).getByText("<img src=x onerror=alert(1)>").first().waitFor();
    expect(await messages(page).locator("img").count()).toBe(0);
    expect(await messages(page).getByRole("link", { name: "not a link" }).count()).toBe(0);
  });

  it("counts an ordered list from where the bot begins it", async () => {
    await typeInSlack(page, "/ci status");

    const item = messages(page).getByRole("listitem").filter({ hasText: "@UNOBODY asked <b>" }).last();
    await item.waitFor();
    expect(await item.locator("..").getAttribute("start")).toBe("3");
  });

  it("refuses commands that no app has, and gives the text back", async () => {
    await typeInSlack(page, "/deploy now");

    await page.getByRole("alert").getByText("/deploy is not a valid command here").waitFor();
    expect(await slackBox(page).inputValue()).toBe("/deploy now");
  });
});

describe("a button that wants to be confirmed", () => {
  const dialog = () => page.getByRole("dialog", { name: "Retry now?" });

  /** What the bot heard of, once it heard of a click that came later. */
  async function clicksAfterAnother(): Promise<readonly string[]> {
    await messages(page).getByRole("button", { name: "Show logs" }).last().click();
    await eventually(() => world.clicks.includes("get-logs"));
    return world.clicks;
  }

  beforeEach(async () => {
    world.clicks.length = 0;
    await typeInSlack(page, "/ci status");
    await lastRetry().click();
    await dialog().waitFor();
  });

  it("does nothing when it is denied", async () => {
    await dialog().getByRole("button", { name: "Not now" }).click();

    await dialog().waitFor({ state: "hidden" });
    expect(await clicksAfterAnother()).toEqual(["get-logs"]);
  });

  it("is denied by Escape, and gets the focus back", async () => {
    expect(await page.locator(":focus").textContent()).toBe("Not now");

    await page.keyboard.press("Escape");

    await dialog().waitFor({ state: "hidden" });
    expect(await page.locator(":focus").textContent()).toBe("Retry failed jobs");
    expect(await clicksAfterAnother()).toEqual(["get-logs"]);
  });

  it("clicks when it is confirmed", async () => {
    await dialog().getByRole("button", { name: "Retry", exact: true }).click();

    await lastMessage().getByText("Running retry-job --failed").waitFor();
    expect(world.clicks).toEqual(["retry-job --failed"]);
  });
});

describe("a message", () => {
  it("that the bot changes stays where it is and says so", async () => {
    const articles = messages(page).getByRole("article");
    const before = await articles.count();
    await typeInSlack(page, "/ci status");
    await articles.nth(before).getByRole("button", { name: "Show logs" }).click();

    await articles.nth(before).getByText("(edited)").waitFor();

    await articles.nth(before).getByText("Running get-logs").waitFor();
    expect(await articles.count()).toBe(before + 1);
  });

  it("gathers its replies in a thread that can be closed", async () => {
    await typeInSlack(page, "Is it red?");
    await messages(page).getByText("Is it red?").hover();
    await messages(page).getByRole("button", { name: "Reply to Ada Maintainer in a thread" }).last().click();
    await typeInSlack(page, "It is.");
    await messages(page).getByText("It is.").waitFor();
    await messages(page)
      .getByText(/^1 reply/)
      .click();
    await messages(page).getByText("It is.").waitFor({ state: "hidden" });

    const root = world.slack.transcript("ci").find(({ text }) => text === "Is it red?");
    await world.slack.say({ as: "ravi", channel: "ci", text: "Still?", threadTs: root?.ts ?? "" });

    await messages(page)
      .getByText(/^2 replies/)
      .waitFor();
    expect(await messages(page).getByText("Still?").isVisible()).toBe(false);
    await messages(page)
      .getByText(/^2 replies/)
      .click();
    await messages(page).getByText("Still?").waitFor();
  });
});
