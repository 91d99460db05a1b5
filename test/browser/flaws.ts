import type { Page } from "playwright-core";
import { expect } from "vitest";

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

/** The visible texts that stand out too little from what is behind them to be read. */
export const faintTexts = (page: Page): Promise<string[]> => page.evaluate<string[]>(faint);

/** Controls without a name, ids that are there twice, and references to what is not there. */
export const misnamed = async (page: Page): Promise<string[]> =>
  (await Promise.all([unnamed, repeatedIds, danglingReferences].map((script) => page.evaluate<string[]>(script)))).flat();

/** How far the page is wider than the window, in pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>("Math.max(0, document.documentElement.scrollWidth - innerWidth)");

/** Looks at what is open on both widths and in both colours, and finds nothing wrong. */
export async function isFlawless(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faintTexts(page)).toEqual([]);
    }
    expect(await overflow(page)).toBe(0);
  }
  expect(await misnamed(page)).toEqual([]);
}
