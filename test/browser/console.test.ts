import { pino } from "pino";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type HttpServer, serve } from "../../src/bot/http-server.ts";
import { consoleRoutes } from "../../src/sandbox/console/routes.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import { type SlackSandbox, startSlackSandbox } from "../../src/sandbox/slack/slack-sandbox.ts";
import { launchChromium } from "./chromium.ts";
import { standInBot } from "./stand-in-bot.ts";

let slack: SlackSandbox;
let github: GitHubSandbox;
let server: HttpServer;
let chromium: Awaited<ReturnType<typeof launchChromium>>;
let page: Page;
const clicks: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  [slack, github, chromium] = await Promise.all([startSlackSandbox(), startGitHubSandbox(), launchChromium()]);
  const routes = [...standInBot(clicks), ...consoleRoutes(slack, github)];
  server = await serve(routes, { host: "127.0.0.1", port: 0, log: pino({ level: "silent" }) });
  slack.connect(`${server.url}/slack/events`);
  github.connect(`${server.url}/github/webhooks`);
});

afterAll(async () => {
  await server.close();
  await Promise.all([slack.close(), github.close()]);
  await chromium.close();
});

beforeEach(async () => {
  complaints.length = 0;
  page = await chromium.browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(5_000);
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on(
    "request",
    (request) => new URL(request.url()).origin !== server.url && !request.url().startsWith("data:") && complaints.push(request.url()),
  );
  await page.goto(server.url);
  await page.getByText("Live", { exact: true }).waitFor();
});

afterEach(async () => {
  // A browser keeps at most six connections to one address, and every page holds one.
  await page.close();
  expect(complaints).toEqual([]);
});

const messages = () => page.getByRole("log", { name: "Messages" });
const typeInSlack = async (text: string) => {
  await page.getByLabel("Message or command").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
};

describe("the console's Slack", () => {
  it("shows what the bot answers, to the typist alone", async () => {
    await typeInSlack("/ci status");

    await messages().getByText("Only visible to you").waitFor();
    await messages().getByRole("heading", { name: "Pipeline of #2" }).waitFor();
    expect(await messages().getByRole("row").count()).toBe(3);
    expect(await messages().getByRole("link", { name: "run 1" }).getAttribute("href")).toBe("https://example.com/run/1");

    await page.getByRole("radio", { name: /Ravi/ }).check();
    await messages().getByText("Nothing here yet.").waitFor();
  });

  it("shows markup that people write as text", async () => {
    await typeInSlack("/ci status");

    await messages().getByText("<img src=x onerror=alert(1)>").first().waitFor();
    expect(await messages().locator("img").count()).toBe(0);
    expect(await messages().getByRole("link", { name: "not a link" }).count()).toBe(0);
  });

  it("asks before a button that wants to be confirmed", async () => {
    await typeInSlack("/ci status");
    const button = messages().getByRole("button", { name: "Retry failed jobs" }).last();

    await button.click();
    await page.getByRole("dialog", { name: "Retry now?" }).getByRole("button", { name: "Not now" }).click();
    expect(clicks).toEqual([]);

    await button.click();
    await page.getByRole("dialog").getByRole("button", { name: "Retry", exact: true }).click();
    await messages().getByText("Running retry-job --failed").waitFor();
    expect(clicks).toEqual(["retry-job --failed"]);
  });

  it("refuses commands that no app has", async () => {
    await typeInSlack("/deploy now");

    await page.getByRole("alert").getByText("/deploy is not a valid command here").waitFor();
    complaints.length = 0;
  });
});

describe("the console's pull request", () => {
  const comments = () => page.getByRole("log", { name: "Comments" });

  it("shows comments with their Markdown, and none of their HTML", async () => {
    const body =
      "## Result\n\n<!-- hidden -->**Done** <script>alert(1)</script>\n\n| Job | State |\n| --- | --- |\n| lint | ok |\n\n<details><summary>More</summary>\n\n- one\n\n</details>";
    await page.getByRole("textbox", { name: "Comment" }).fill(body);
    await page.getByRole("button", { name: "Comment", exact: true }).click();

    await comments().getByRole("heading", { name: "Result" }).waitFor();
    expect(await comments().getByText("hidden").count()).toBe(0);
    expect(await comments().locator("script").count()).toBe(0);
    expect(await comments().getByRole("cell", { name: "lint" }).count()).toBe(1);
  });

  it("is commented on by the person who is chosen", async () => {
    await page.getByRole("radio", { name: /Uma/ }).check();
    await page.getByRole("button", { name: "/ci-status" }).click();

    await comments().getByText("sam", { exact: true }).waitFor();
  });

  it("breaks and fixes a job", async () => {
    const lint = page.getByRole("listitem").filter({ hasText: "lint" });

    await lint.getByRole("button", { name: "Break lint" }).click();
    await lint.getByText("failed").waitFor();
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Fix lint");
    await lint.getByRole("button", { name: "Fix lint" }).click();
    await lint.getByText("passed").waitFor();
  });
});

describe("the console", () => {
  it("fits a phone, one pane at a time", async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    await typeInSlack("/ci status");
    await messages().getByRole("heading", { name: "Pipeline of #2" }).first().waitFor();

    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await page.getByRole("log", { name: "Comments" }).isVisible()).toBe(false);
    await page.getByRole("button", { name: "Pull request" }).click();
    expect(await page.getByRole("heading", { name: /#\d/ }).isVisible()).toBe(true);
    expect(await messages().isVisible()).toBe(false);
  });

  it("lets its server stop while a page is open", async () => {
    const other = await serve(consoleRoutes(slack, github), { host: "127.0.0.1", port: 0, log: pino({ level: "silent" }) });
    const visitor = await chromium.browser.newPage();
    await visitor.goto(other.url);
    await visitor.getByText("Live", { exact: true }).waitFor();
    const startedAt = performance.now();

    await other.close();

    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await visitor.close();
  });

  it("answers no foreign name and no foreign page", async () => {
    const post = (headers: Record<string, string>) =>
      chromium.browser.newContext().then((context) => context.request.post(`${server.url}/sandbox/slack/message`, { headers, data: "{}" }));

    const rebound = await post({ host: "evil.example", "content-type": "application/json" });
    const foreign = await post({ origin: "https://evil.example", "content-type": "application/json" });
    const form = await post({ "content-type": "text/plain" });

    expect([rebound.status(), foreign.status(), form.status()]).toEqual([403, 403, 415]);
  });
});
