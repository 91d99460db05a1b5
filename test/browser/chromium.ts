import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";

// In one process the browser dies with its first page, and without web security the page's own policy would not be tested.
const unwanted = new Set(["--single-process", "--no-zygote", "--disable-web-security"]);

/** A browser out of npm packages alone, unpacked into a directory that nobody shares. */
export async function launchChromium(): Promise<{ readonly browser: Browser; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "nextrust-browser-"));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    // Both look at TMPDIR when they are loaded.
    const { default: chromium } = await import("@sparticuz/chromium");
    const { chromium: playwright } = await import("playwright-core");
    const browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: [...chromium.args.filter((arg) => !unwanted.has(arg)), "--no-sandbox"],
      headless: true,
    });
    return {
      browser,
      async close() {
        await browser.close();
        await rm(directory, { recursive: true, force: true });
      },
    };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
