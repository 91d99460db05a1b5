import type { Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

type Look = NonNullable<Parameters<Awaited<ReturnType<typeof launchChromium>>["browser"]["newPage"]>[0]>;

/** A browser with one page at a time: a browser keeps at most six connections to one address, and every page of the console holds one. */
export async function startVisits() {
  const { browser, close } = await launchChromium();
  const complaints: string[] = [];
  let page: Page | undefined;

  return {
    browser,
    /** Opens the console and waits until it is live. Notes what no page may do: raise errors, and ask anything of another address. */
    async open(url: string, look: Look = {}): Promise<Page> {
      complaints.length = 0;
      page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...look });
      page.setDefaultTimeout(15_000);
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        if (!request.url().startsWith("data:") && new URL(request.url()).origin !== url) complaints.push(request.url());
      });
      await page.goto(url);
      await page.getByText("Live", { exact: true }).waitFor();
      return page;
    },
    /** Closes the page and gives what it did that it may not. */
    async leave(expected = /^$/): Promise<string[]> {
      await page?.close();
      return complaints.filter((complaint) => !expected.test(complaint));
    },
    close,
  };
}

/** What the browser itself says of an answer that the console expects. */
export const refusedAnswer = /status of 400/;

export const messages = (page: Page) => page.getByRole("log", { name: "Messages" });
export const comments = (page: Page) => page.getByRole("log", { name: "Comments" });
export const slackBox = (page: Page) => page.getByLabel("Message or command");
export const commentBox = (page: Page) => page.getByRole("textbox", { name: "Comment" });

export async function typeInSlack(page: Page, text: string): Promise<void> {
  await slackBox(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

export async function writeComment(page: Page, text: string): Promise<void> {
  await commentBox(page).fill(text);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
}
