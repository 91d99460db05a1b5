import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
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
  await slackBox(page).pressSequentially("/ci s");
  return page;
}

// As text, because the types of the page's world are not those of this one.
const unnamed = `[...document.querySelectorAll("button, a, input, select, textarea, summary, [role=log], dialog, section")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute("aria-label") ?? "").trim() && !one.getAttribute("aria-labelledby") && !one.labels?.length && !one.textContent.trim())
  .map((one) => one.outerHTML.slice(0, 120))`;

const repeatedIds = `[...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at)`;

const danglingReferences = `["aria-controls", "aria-labelledby", "aria-describedby", "aria-activedescendant", "for"].flatMap((name) =>
  [...document.querySelectorAll("[" + name + "]")].map((one) => one.getAttribute(name)).filter((id) => !document.getElementById(id)))`;

const faint = `(() => {
  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colors) => {
    brush.clearRect(0, 0, 1, 1);
    for (const color of colors) { brush.fillStyle = color; brush.fillRect(0, 0, 1, 1); }
    return brush.getImageData(0, 0, 1, 1).data;
  };
  const light = (pixel) => {
    const [r, g, b] = [...pixel].slice(0, 3).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => (one ? [...behind(one.parentElement), getComputedStyle(one).backgroundColor] : ["white"]);
  const contrast = (one) => {
    const [a, b] = [light(paint([...behind(one), getComputedStyle(one).color])), light(paint(behind(one)))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility({ opacityProperty: true }) && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => contrast(one) < 4.5)
    .map((one) => one.className + " " + one.textContent.slice(0, 30) + " " + contrast(one).toFixed(2));
})()`;

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  it.each([1280, 390])("at %d pixels every text stands out enough to be read", async (width) => {
    const page = await openFull({ colorScheme, viewport: { width, height: 800 } });

    expect(await page.evaluate(faint)).toEqual([]);
    if (width === 390) {
      await page.getByRole("tab", { name: "GitHub" }).click();
      expect(await page.evaluate(faint)).toEqual([]);
    }
  });
});

describe("the page", () => {
  it("names all its parts and controls, each id once, and points at nothing that is not there", async () => {
    const page = await openFull({});

    expect(await page.evaluate(unnamed)).toEqual([]);
    expect(await page.evaluate(repeatedIds)).toEqual([]);
    expect(await page.evaluate(danglingReferences)).toEqual([]);
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
