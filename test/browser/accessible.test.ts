import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { faintTexts, misnamed } from "./flaws.ts";
import { sayInCheck } from "./say-in-check.ts";
import { startStandIn } from "./stand-in.ts";
import { messages, slackBox, startVisits, typeInSlack } from "./visits.ts";

let world: Awaited<ReturnType<typeof startStandIn>>;
let visits: Awaited<ReturnType<typeof startVisits>>;

beforeAll(async () => {
  [world, visits] = await Promise.all([startStandIn(), startVisits()]);
});
afterAll(() => Promise.all([world.close(), visits.close()]));
afterEach(async () => {
  expect(await visits.leave()).toEqual([]);
});

/** The page with something of everything on it. */
async function openFull(look: Parameters<typeof visits.open>[1]): Promise<Page> {
  const page = await visits.open(world.url, look);
  await typeInSlack(page, "/ci status");
  await messages(page).getByRole("heading", { name: "Pipeline of #2" }).first().waitFor();
  await world.github.comment("sam", world.github.pulls.red, "Some `code`, a [link](https://example.com) and\n\n> a quote");
  await sayInCheck(world.github, "Failure", "Not **yours**, and `code`", "Acknowledge");
  await page.locator(".own-check").waitFor({ state: "attached" });
  await page.evaluate("document.querySelector('.own-check details').open = true");
  await slackBox(page).pressSequentially("/ci s");
  return page;
}

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  it.each([1280, 390])("at %d pixels every text stands out enough to be read", async (width) => {
    const page = await openFull({ colorScheme, viewport: { width, height: 800 } });

    expect(await faintTexts(page)).toEqual([]);
    if (width === 390) {
      await page.getByRole("tab", { name: "GitHub" }).click();
      expect(await faintTexts(page)).toEqual([]);
    }
  });
});

describe("the page", () => {
  it("names all its parts and controls, each id once, and points at nothing that is not there", async () => {
    const page = await openFull({});

    expect(await misnamed(page)).toEqual([]);
  });

  it("shows where the focus is, on every control", async () => {
    const page = await openFull({});
    await page.keyboard.press("Escape");
    const bare: string[] = [];
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement === document.body")) continue;
      const outline = await page.evaluate<string>(
        "(({ style }) => style)({ style: getComputedStyle(document.activeElement.closest('label') ?? document.activeElement).outlineStyle })",
      );
      if (outline === "none") bare.push(await page.evaluate<string>("document.activeElement.outerHTML.slice(0, 120)"));
    }

    expect(bare).toEqual([]);
  });
});
