import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isFlawless } from "./flaws.ts";
import { comments, refusedAnswer, startVisits } from "./visits.ts";
import { startWholeBot } from "./whole-bot.ts";

const patience = { timeout: 30_000 };

let world: Awaited<ReturnType<typeof startWholeBot>>;
let visits: Awaited<ReturnType<typeof startVisits>>;
let page: Page;

beforeAll(async () => {
  [world, visits] = await Promise.all([startWholeBot({ isSampled: true }), startVisits()]);
  page = await visits.open(world.url);
});
afterAll(async () => {
  const complaints = await visits.leave(refusedAnswer);
  await Promise.all([world.close(), visits.close()]);
  expect(complaints).toEqual([]);
});

const finding = (words: string) => comments(page).locator(".topic").filter({ hasText: words });
const summary = () => comments(page).getByRole("article").filter({ hasText: "Review again:" });

/** By the keyboard alone. */
async function choose(button: string | RegExp, item: string): Promise<void> {
  await page.getByRole("button", { name: button }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: item }).focus();
  await page.keyboard.press("Enter");
}
const happens = (what: string) => choose("Let something happen", what);

describe("a review in the console", { timeout: 60_000 }, () => {
  it("says by whom it is: a script, and no model", async () => {
    await page.getByText("Models are scripts.").waitFor();
    await happens("Ask for a review");

    await summary().getByText("I am a script and no model").waitFor(patience);
    await summary().getByText("Answered by: scripted-no-model").waitFor();
    await page.getByRole("list", { name: "What the bot says of the commit" }).locator(".title", { hasText: "1 high, 1 medium" }).waitFor();
  });

  it("has its findings beside their code, with what to write instead", async () => {
    const lines = finding("Reads one element past the end");
    await lines.getByText("src/fpu-traps.rs:8").waitFor(patience);

    await lines.getByText("script, no model").waitFor();
    expect(await lines.locator(".about").innerText()).toMatch(/while at <= queue\.len\(\)/);
    expect(await lines.locator(".new").innerText()).toMatch(/^\+ {5}while at < queue\.len\(\)/);
    await isFlawless(page);
  });

  it("cannot be committed by a reader, and says so", async () => {
    await page.getByRole("radio", { name: /^Ravi/ }).check();
    await finding("past the end").getByRole("button", { name: "Commit suggestion" }).click();

    await page.getByRole("alert").getByText("GitHub does not let ravi push to this branch.").waitFor();
    await page.getByRole("radio", { name: /^Ada/ }).check();
  });

  it("is answered by a commit of what it suggests, and is outdated then", async () => {
    await finding("past the end").getByRole("button", { name: "Commit suggestion" }).click();

    await finding("past the end").getByText("outdated").first().waitFor();
    await summary()
      .getByText(/Not found any more: \d/)
      .waitFor(patience);
    expect(await world.github.readFile(await world.github.head(world.github.pulls.red), "src/fpu-traps.rs")).toContain(
      "while at < queue.len()",
    );
  });

  it("looks by itself at what is pushed, and at nothing else", async () => {
    await happens("Push a bug");

    await finding("Writes a secret into the log").getByText("src/registers-1.rs:5").waitFor(patience);
    await summary()
      .getByText(/Looked at: what changed since/)
      .waitFor();
    expect(await summary().count()).toBe(1);
  });
});

describe("models that do not answer", { timeout: 60_000 }, () => {
  it("are seen to be down, and what is asked of them says so", async () => {
    await choose("Models answer", "Models are down");
    await page.getByRole("button", { name: "Models are down" }).waitFor();
    await happens("Ask for design help");

    await comments(page)
      .getByText(/OpenAI \(scripted-no-model\) (is down|cannot be reached|.*not be reached)/)
      .first()
      .waitFor(patience);
    await isFlawless(page);
  });

  it("answer again", async () => {
    await choose("Models are down", "Models answer");

    await page.getByRole("button", { name: "Models answer" }).waitFor();
  });
});
