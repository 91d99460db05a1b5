import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { startStandIn } from "./stand-in.ts";
import { commentBox, messages, slackBox, startVisits } from "./visits.ts";

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
  expect(await visits.leave()).toEqual([]);
});

const options = () => page.getByRole("option");
const chosen = () => page.getByRole("option", { selected: true });

describe("hints in Slack", () => {
  const type = (text: string) => slackBox(page).pressSequentially(text);

  it("list every command with its usage and its role", async () => {
    await type("/ci ");

    expect(await options().count()).toBe(commands.length);
    const status = await options().filter({ hasText: "/ci status" }).innerText();
    expect(status).toContain("[#pr|branch|sha]");
    expect(status).toContain("read");
    expect(await page.getByRole("combobox").getAttribute("aria-expanded")).toBe("true");
  });

  it("are chosen by arrows and completed by Enter, which sends nothing yet", async () => {
    await type("/ci ");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const second = await chosen().getAttribute("id");
    expect(await slackBox(page).getAttribute("aria-activedescendant")).toBe(second);

    await page.keyboard.press("Enter");

    expect(await slackBox(page).inputValue()).toBe(`/ci ${commands[1]?.name} `);
    await messages(page).getByText("Nothing here yet.").waitFor();
  });

  it("complete by Tab, then show how the command is used, and let Tab go on", async () => {
    await type("/ci sta");
    await page.keyboard.press("Tab");

    expect(await slackBox(page).inputValue()).toBe("/ci status ");
    await page.getByText("For example").waitFor();
    expect(await slackBox(page).getAttribute("aria-describedby")).toBe("slack-text-usage");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Send");
    expect(await page.getByText("For example").isVisible()).toBe(false);
  });

  it("close by Escape and keep what was typed", async () => {
    await type("/ci he");
    await page.keyboard.press("Escape");

    expect(await options().count()).toBe(0);
    expect(await slackBox(page).inputValue()).toBe("/ci he");
    expect(await slackBox(page).getAttribute("aria-activedescendant")).toBeNull();
  });

  it("do not stand between a whole command and Enter", async () => {
    await type("/ci status");
    await page.keyboard.press("Enter");

    await messages(page).getByRole("heading", { name: "Pipeline of #2" }).waitFor();
    expect(await slackBox(page).inputValue()).toBe("");
    expect(await options().count()).toBe(0);
  });

  it("do not stand between a bare /ci and Enter", async () => {
    await type("/ci");
    await page.keyboard.press("Enter");

    await messages(page).getByText("You typed /ci").last().waitFor();
  });

  it("are completed by a click, which leaves the focus in the box", async () => {
    await type("/ci ");
    await options().filter({ hasText: "/ci whoami" }).click();

    expect(await slackBox(page).inputValue()).toBe("/ci whoami");
    expect(await page.locator(":focus").getAttribute("id")).toBe("slack-text");
  });
});

describe("hints in a comment", () => {
  it("come at the start of any line, and change that line alone", async () => {
    await commentBox(page).pressSequentially("Hello\n/ci-sta");
    await page.keyboard.press("Tab");

    expect(await commentBox(page).inputValue()).toBe("Hello\n/ci-status ");
  });

  it.each(["see /ci-sta", "    /ci-sta", "/cistatus"])("do not come at %j, which is no command", async (text) => {
    await commentBox(page).pressSequentially(text);

    expect(await options().count()).toBe(0);
  });
});
