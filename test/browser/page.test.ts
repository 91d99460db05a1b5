import { pino } from "pino";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer, type Route } from "../../src/bot/http.ts";
import { serve } from "../../src/bot/http-server.ts";
import { consoleRoutes } from "../../src/sandbox/console/routes.ts";
import { startStandIn } from "./stand-in.ts";
import { commentBox, comments, messages, slackBox, startVisits, typeInSlack } from "./visits.ts";

let world: Awaited<ReturnType<typeof startStandIn>>;
let visits: Awaited<ReturnType<typeof startVisits>>;

beforeAll(async () => {
  [world, visits] = await Promise.all([startStandIn(), startVisits()]);
});
afterAll(() => Promise.all([world.close(), visits.close()]));
afterEach(async () => {
  expect(await visits.leave(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|status of 503/)).toEqual([]);
});

const focusedId = (page: Page) => page.locator(":focus").getAttribute("id");

describe("an update", () => {
  it("leaves the focus, half-typed text and the caret alone", async () => {
    const page = await visits.open(world.url);
    await commentBox(page).fill("half a comm");
    await slackBox(page).fill("/ci stat");
    await page.keyboard.press("ArrowLeft");

    await world.slack.say({ as: "ravi", channel: "ci", text: "something new" });
    await world.github.comment("sam", world.github.pulls.red, "something newer");
    await messages(page).getByText("something new").waitFor();
    await comments(page).getByText("something newer").waitFor();
    await page.keyboard.type("X");

    expect(await focusedId(page)).toBe("slack-text");
    expect(await slackBox(page).inputValue()).toBe("/ci staXt");
    expect(await commentBox(page).inputValue()).toBe("half a comm");
  });

  it("scrolls along at the end, and nowhere else", async () => {
    const page = await visits.open(world.url);
    const say = async (text: string) => {
      await world.slack.say({ as: "ravi", channel: "random", text });
      await messages(page).getByText(text, { exact: true }).waitFor({ state: "attached" });
    };
    const top = () => messages(page).evaluate(({ scrollTop }) => scrollTop);
    const fromEnd = () => messages(page).evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    await page.getByRole("radio", { name: "#random" }).check();
    for (let line = 0; line < 20; line++) await say(`line ${line}`);

    expect(await fromEnd()).toBeLessThan(2);
    await messages(page).evaluate((list) => list.scrollTo(0, 100));
    await say("the last line");
    expect(await top()).toBe(100);
  });

  it("keeps the elements of what did not change", async () => {
    const page = await visits.open(world.url);
    await typeInSlack(page, "/ci status");
    const first = messages(page).getByRole("article").first();
    await first.waitFor();
    await first.evaluate((message) => message.setAttribute("data-mine", ""));

    await world.slack.say({ as: "ravi", channel: "ci", text: "and another" });
    await messages(page).getByText("and another").waitFor();

    expect(await messages(page).locator("[data-mine]").count()).toBe(1);
  });

  it("that was missed is there when the connection is back, and so is what was typed", async () => {
    const page = await visits.open(world.url);
    await slackBox(page).fill("half a mess");
    await world.stop();
    await page.getByText("Reconnecting…").waitFor();
    await world.slack.say({ as: "ada", channel: "ci", text: "said meanwhile" }).catch(() => {});

    await world.startAgain();

    await page.getByText("Live", { exact: true }).waitFor({ timeout: 10_000 });
    await messages(page).getByText("said meanwhile").waitFor();
    expect(await slackBox(page).inputValue()).toBe("half a mess");
    expect(await focusedId(page)).toBe("slack-text");
  });
});

describe("a server that refuses for a while", () => {
  it("is asked again until it does not", async () => {
    const page = await visits.open(world.url);
    const refuse: Route = { method: "GET", path: "/sandbox/events", handle: (_, response) => answer(response, 503) };
    const asked = new Promise((resolve) => page.on("response", (response) => response.status() === 503 && resolve(undefined)));
    await world.stop();
    const refusing = await serve([refuse], { host: "127.0.0.1", port: Number(new URL(world.url).port), log: pino({ level: "silent" }) });
    await asked;
    await refusing.close();

    await world.startAgain();

    await page.getByText("Live", { exact: true }).waitFor();
  });
});

describe("the keyboard", () => {
  it("gets to the box by a slash, which begins a command where nothing is half typed", async () => {
    const page = await visits.open(world.url);

    await page.getByRole("button", { name: "Push a commit" }).focus();
    await page.keyboard.press("/");
    expect([await focusedId(page), await commentBox(page).inputValue()]).toEqual(["github-text", "/"]);

    await commentBox(page).fill("half a comment");
    await page.getByRole("button", { name: "Push a commit" }).focus();
    await page.keyboard.press("/");
    expect([await focusedId(page), await commentBox(page).inputValue()]).toEqual(["github-text", "half a comment"]);

    await page.getByRole("radio", { name: /Ada/ }).focus();
    await page.keyboard.press("/");
    expect([await focusedId(page), await slackBox(page).inputValue()]).toEqual(["slack-text", "/"]);
  });

  it("goes through the whole page in its order and is trapped nowhere", async () => {
    const page = await visits.open(world.url);
    const stops: string[] = [];
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate<string>(
        "document.activeElement.closest('.top, .slack, .pull')?.classList[0] === 'top' ? 'top' : document.activeElement.closest('.pane')?.id ?? 'out'",
      );
      if (stops.at(-1) !== stop) stops.push(stop);
    }

    expect(stops.slice(0, 4)).toEqual(["top", "slack-pane", "github-pane", "out"]);
  });
});

describe("on a phone", () => {
  it("shows one pane at a time, by tabs, and nothing wider than the screen", async () => {
    const page = await visits.open(world.url, { viewport: { width: 390, height: 780 } });
    const overflow = () => page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    await typeInSlack(page, "/ci status");
    await messages(page).getByRole("heading", { name: "Pipeline of #2" }).first().waitFor();

    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await comments(page).isVisible()).toBe(false);
    await page.getByRole("tab", { name: "Slack" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tab", { name: "GitHub", selected: true }).count()).toBe(1);
    expect(await page.getByRole("heading", { name: /#\d/ }).isVisible()).toBe(true);
    expect(await messages(page).isVisible()).toBe(false);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});

describe("the console's server", () => {
  it("can stop while a page is open", async () => {
    const other = await serve(consoleRoutes(world.slack, world.github, world.pager, world.programs), {
      host: "127.0.0.1",
      port: 0,
      log: pino({ level: "silent" }),
    });
    await visits.open(other.url);
    const startedAt = performance.now();

    await other.close();

    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it("answers no foreign name and no foreign page", async () => {
    const post = (headers: Record<string, string>) =>
      visits.browser.newContext().then((context) => context.request.post(`${world.url}/sandbox/slack/message`, { headers, data: "{}" }));

    const rebound = await post({ host: "evil.example", "content-type": "application/json" });
    const foreign = await post({ origin: "https://evil.example", "content-type": "application/json" });
    const form = await post({ "content-type": "text/plain" });

    expect([rebound.status(), foreign.status(), form.status()]).toEqual([403, 403, 415]);
  });
});
