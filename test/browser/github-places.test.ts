import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startStandIn } from "./stand-in.ts";
import { comments, startVisits, writeComment } from "./visits.ts";

let world: Awaited<ReturnType<typeof startStandIn>>;
let visits: Awaited<ReturnType<typeof startVisits>>;
let page: Page;

beforeAll(async () => {
  [world, visits] = await Promise.all([startStandIn(), startVisits()]);
  page = await visits.open(world.url);
});
afterAll(async () => {
  const complaints = await visits.leave();
  await Promise.all([world.close(), visits.close()]);
  expect(complaints).toEqual([]);
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
  beforeEach(async () => {
    await page.getByRole("radio", { name: /Ada/ }).check();
    await page.getByRole("radio", { name: "Discussion" }).check();
  });

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
  beforeEach(async () => {
    await page.getByRole("radio", { name: /Ada/ }).check();
    await page.getByRole("radio", { name: /#2/ }).check();
  });

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
