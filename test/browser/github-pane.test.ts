import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { sayInCheck } from "./say-in-check.ts";
import { startStandIn } from "./stand-in.ts";
import { comments, startVisits, writeComment } from "./visits.ts";

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

describe("a check run of the bot's own", () => {
  it("shows its words and its buttons, which are pressed by the person who is chosen", async () => {
    const { look } = await sayInCheck(world.github, "Failure", "**Not yours**: <script>alert(1)</script>", "Acknowledge");
    const own = page.getByRole("list", { name: "What the bot says of the commit" }).getByRole("listitem");
    await own.getByText("It is red", { exact: true }).click();
    expect(await own.locator("strong", { hasText: "Not yours" }).count()).toBe(1);
    expect(await own.locator("script").count()).toBe(0);
    const from = world.github.deliveries().length;
    await page.getByRole("radio", { name: /Uma/ }).check();

    await own.getByRole("button", { name: "Acknowledge" }).click();
    await own.getByRole("button", { name: "Re-run Failure" }).click();

    const pressed = () =>
      world.github
        .deliveries()
        .slice(from)
        .map(({ payload }) => [payload.action, (payload.sender as { login: string }).login]);
    await eventually(() => pressed().length === 2);
    expect(pressed()).toEqual([
      ["requested_action", "uma"],
      ["rerequested", "uma"],
    ]);
    expect((await look())?.title).toBe("It is red");
  });
});

describe("a comment", () => {
  it("shows its Markdown, and none of its HTML", async () => {
    const body =
      "## Result\n\n<!-- hidden -->**Done** <script>alert(1)</script>\n\n| Job | State |\n| --- | --- |\n| lint | ok |\n\n<details><summary>More</summary>\n\n- one\n\n</details>\n\n<sub>ada asked</sub>";
    await writeComment(page, body);

    await comments(page).getByRole("heading", { name: "Result" }).waitFor();
    expect(await comments(page).getByText("hidden").count()).toBe(0);
    expect(await comments(page).locator("script").count()).toBe(0);
    expect(await comments(page).getByRole("cell", { name: "lint" }).count()).toBe(1);
    expect(await comments(page).locator("strong", { hasText: "Done" }).count()).toBe(1);
    expect(await comments(page).locator("sub").innerText()).toBe("ada asked");
  });

  it("keeps in a code fence what elsewhere is markup", async () => {
    await writeComment(page, "```\n<!-- not hidden\n**not bold**\n```\n\nafter");

    await comments(page).getByText("<!-- not hidden").waitFor();
    await comments(page).getByText("after", { exact: true }).waitFor();
  });

  it("of any markup many times over is read in no time", async () => {
    const pieces = ["**a ", "*a ", "__a ", "~~a ", "[a", "`a ``b ", "<sub>", "<!-- ", "> ", "- ", "|", "<details>"];

    const tookMs = await page.evaluate<Record<string, number>>(`(async () => {
      const { markdown } = await import("/sandbox/markdown.js");
      return Object.fromEntries(${JSON.stringify(pieces)}.map((piece) => {
        const body = piece.repeat(Math.floor(65_536 / piece.length));
        const startedAt = performance.now();
        markdown(body);
        return [piece, performance.now() - startedAt];
      }));
    })()`);

    expect(Object.keys(tookMs)).toHaveLength(pieces.length);
    expect(Object.entries(tookMs).filter(([, ms]) => ms >= 1_000)).toEqual([]);
  });

  it("is written by the person who is chosen", async () => {
    await page.getByRole("radio", { name: /Uma/ }).check();
    await page.getByRole("button", { name: "/ci-status" }).click();

    await comments(page).getByText("uma", { exact: true }).last().waitFor();
  });
});

describe("a job", () => {
  const lint = () => page.getByRole("list", { name: "Jobs" }).getByRole("listitem").filter({ hasText: "lint" });
  const menu = () => page.getByRole("button", { name: "Actions for lint" });

  it("is broken and fixed from its menu by keyboard alone, and the focus comes back", async () => {
    await menu().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu", { name: "Actions for lint" }).waitFor();
    expect(await page.locator(":focus").innerText()).toContain("Break");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");

    await page.keyboard.press("Enter");

    await lint().getByText("failed", { exact: true }).waitFor();
    await lint().getByText("keeps failing").waitFor();
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Actions for lint");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await lint().getByText("passes next time").waitFor();
  });

  it("keeps its menu open while the page changes, and closes it by Escape", async () => {
    await menu().click();

    await say("While the menu is open");

    await page.keyboard.press("End");
    expect(await page.locator(":focus").innerText()).toContain("Show attempts");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "hidden" });
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Actions for lint");
  });

  it("shows its attempts", async () => {
    await menu().click();
    await page.getByRole("menuitem", { name: /Show attempts/ }).click();

    await page.getByRole("list", { name: "Attempts of lint" }).getByText("Attempt 1: ").waitFor();
  });

  async function say(text: string): Promise<void> {
    await world.github.comment("sam", world.github.pulls.red, text);
    await comments(page).getByText(text).waitFor();
  }
});

describe("a push", () => {
  it("queues the jobs of a new head, which can be finished at once", async () => {
    await page.getByRole("radio", { name: /#1/ }).check();
    await page.getByText("All 7 checks passed").waitFor();

    await page.getByRole("button", { name: "Push a commit" }).click();
    await page.getByText("7 of 7 checks not done").waitFor();
    await page.getByRole("button", { name: "Finish runs now" }).click();

    await page.getByText("All 7 checks passed").waitFor();
    expect(await page.getByRole("button", { name: "Finish runs now" }).isVisible()).toBe(false);
  });
});

const hide = (subjectId: string) =>
  fetch(`${world.github.url}/graphql`, {
    method: "POST",
    headers: { authorization: `bearer ${world.github.people.grace.token}`, "content-type": "application/json" },
    body: JSON.stringify({
      query: "mutation ($input: MinimizeCommentInput!) { minimizeComment(input: $input) { minimizedComment { isMinimized } } }",
      variables: { input: { subjectId, classifier: "OUTDATED" } },
    }),
  });

const folded = () => comments(page).getByText("This comment was marked as outdated");

describe("a Discussion", () => {
  beforeEach(() => page.getByRole("radio", { name: "Discussion" }).check());

  it("shows what was asked, and no checks", async () => {
    await page.getByRole("heading", { name: "Why is CI so slow?" }).waitFor();
    await comments(page).getByText("The m68040 jobs take twice as long").waitFor();

    expect(await page.getByRole("list", { name: "Jobs" }).isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "Push a commit" }).isVisible()).toBe(false);
  });

  it("takes a comment, and a reply below it, to which nobody replies again", async () => {
    await writeComment(page, "Since the new linker.");
    const topic = comments(page).locator(".topic").filter({ hasText: "Since the new linker." });
    await topic.getByRole("button", { name: "Reply to ada" }).click();
    await page.getByText("In reply to ada").waitFor();

    await page.getByRole("radio", { name: /Ravi/ }).check();
    await writeComment(page, "Which one?");

    await topic.getByText("Which one?").waitFor();
    const [said] = world.github.discussion(world.github.firstDiscussion).comments;
    expect(said?.replies.map(({ author, body }) => `${author}: ${body}`)).toEqual(["ravi: Which one?"]);
    expect(await topic.getByRole("button", { name: /^Reply to/ }).count()).toBe(1);
    expect(await page.getByText("In reply to ada").isVisible()).toBe(false);
  });

  it("says what was edited, and folds what was hidden", async () => {
    const said = await world.github.discuss("ada", world.github.firstDiscussion, "Old news");
    await world.github.editDiscussionComment("ada", said.id, "Older news");
    await comments(page).getByRole("article").filter({ hasText: "Older news" }).getByText("edited").waitFor();

    await hide(said.nodeId);

    await folded().waitFor();
    expect(await comments(page).getByText("Older news").isVisible()).toBe(false);
    await folded().click();
    await comments(page).getByText("Older news").waitFor();
  });
});

describe("a pull request", () => {
  it("shows what was said on a line, and takes a reply there", async () => {
    const on = { path: "src/fpu-traps.rs", line: 1, body: "Is this safe?" };
    await world.github.reviewComment("ravi", world.github.pulls.red, on);
    await comments(page).getByText("src/fpu-traps.rs:1").waitFor();

    await comments(page).getByRole("button", { name: "Reply to ravi" }).click();
    await writeComment(page, "It is.");

    await comments(page).getByText("It is.").waitFor();
    const [thread] = world.github.reviewThreads(world.github.pulls.red);
    expect(thread?.comments.map(({ author, body }) => `${author}: ${body}`)).toEqual(["ravi: Is this safe?", "ada: It is."]);
  });

  it("shows the verdict of a review", async () => {
    await world.github.review("ravi", world.github.pulls.red, { state: "approved" });

    await comments(page).getByText("approved these changes").waitFor();
  });

  it("folds a comment that was hidden", async () => {
    const { nodeId } = await world.github.comment("ada", world.github.pulls.red, "Of yesterday");
    await hide(nodeId);

    await folded().waitFor();
    expect(await comments(page).getByText("Of yesterday").isVisible()).toBe(false);
  });
});
