import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { eventually } from "../eventually.ts";
import { shipped } from "../shipped.ts";

// In one process the browser dies with its first page, and without web security the page's own policy would not be tested.
const unwanted = new Set(["--single-process", "--no-zygote", "--disable-web-security"]);

/** A browser out of npm packages alone, with a directory that nobody shares. */
export async function launchChromium(): Promise<{ readonly browser: Browser; close(): Promise<void> }> {
  const { executablePath, args } = await unpacked();
  const directory = await mkdtemp(join(tmpdir(), "nextrust-browser-"));
  const { chromium: playwright } = await import("playwright-core");
  // Both of them put their files into TMPDIR: the browser, and what starts it.
  const browser = await inFolder(directory, () => playwright.launch({ executablePath, args, headless: true }));
  return {
    browser,
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Unpacking takes seconds of CPU, so whoever comes first does it for everybody; it goes away behind the last test. */
async function unpacked() {
  const folder = join(shipped("dist/main.js"), "..", "..", "browser");
  const done = join(folder, "unpacked");
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (!isFirst) await eventually(() => existsSync(done), 50_000);
  return inFolder(folder, async () => {
    // It looks at TMPDIR when it is loaded.
    const { default: chromium } = await import("@sparticuz/chromium");
    // Nobody looks at the pages, so no graphics card is imitated.
    chromium.setGraphicsMode = false;
    const executablePath = await chromium.executablePath();
    if (isFirst) await writeFile(done, "");
    return { executablePath, args: [...chromium.args.filter((arg) => !unwanted.has(arg)), "--no-sandbox"] };
  });
}

async function inFolder<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
