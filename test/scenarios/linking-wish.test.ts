import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../eventually.ts";
import { aVisitor, type Visited } from "./visitor.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: () => ({ cooldownSeconds: 0 }) });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ask("uma", "unlink");
  await world.github.setRole("uma", "write");
});
afterEach(() => void vi.restoreAllMocks());

const seen = () => world.slack.transcript("ci", "uma");
const offered = () =>
  seen()
    .at(-1)
    ?.actions.find(({ label }) => label === "Link my GitHub account")?.url;
const reruns = () => world.github.calls().filter(({ name }) => name.endsWith("/rerun-failed-jobs")).length;

/** Follows the link up to the question. */
async function question(url = offered(), login = "uma"): Promise<() => Promise<Visited>> {
  const visitor = aVisitor();
  const page = await visitor.submit(await visitor.go(url ?? ""), { login, decision: "approve" });
  expect(page.text).toContain("Then I carry out what was asked:");
  return () => visitor.submit(page);
}

const answerAfter = (count: number, words: string) =>
  eventually(() =>
    seen()
      .slice(count)
      .find(({ blocks }) => wordsIn(blocks).includes(words)),
  );

describe("what somebody asked before they were linked", () => {
  it("is refused with the way to link, and carried out once when they are linked", async () => {
    const refusal = await world.ask("uma", `retry-job --failed #${world.github.pulls.red}`);
    expect(refusal).toContain('"retry-job" needs your GitHub account, and you are not linked. Link it with /ci link first.');
    expect(refusal).toContain("Do so by this button within ten minutes, and I carry it out then.");
    const url = offered();
    const [before, reran] = [seen().length, reruns()];
    const confirm = await question(url);
    expect(reruns()).toBe(reran);

    const page = await confirm();

    expect(page.text).toContain(`I now carry out /ci retry-job --failed #${world.github.pulls.red}: look where you asked for it.`);
    await answerAfter(before, "test-rust (m68040)");
    expect(reruns()).toBe(reran + 1);
    // The link is used up, and the wish with it.
    expect((await aVisitor().go(url ?? "")).status).toBe(410);
    await world.ask("uma", "whoami");
    expect(reruns()).toBe(reran + 1);
    expect(world.log()).toContain("retry-job");
    await world.github.finishRuns(world.github.pulls.red);
  });

  it("is carried out once, though its refusal was answered by two links", async () => {
    await world.ask("uma", "status nextrust/secret@");
    const confirm = await question();
    const second = await question();
    const before = seen().length;

    expect((await confirm()).status).toBe(200);
    expect((await second()).status).toBe(410);

    await answerAfter(before, "you hold none");
    await world.ask("uma", "whoami");
    expect(
      seen()
        .slice(before)
        .filter(({ blocks }) => wordsIn(blocks).includes("you hold none")),
    ).toHaveLength(1);
  });

  it("is refused when they hold no role for it", async () => {
    await world.ask("uma", `retry-job --failed #${world.github.pulls.red}`);
    const [before, reran] = [seen().length, reruns()];
    await world.github.setRole("sam", "write");
    const confirm = await question(offered(), "sam");
    await world.github.setRole("sam", "read");

    await confirm();

    await answerAfter(before, '"retry-job" needs the role write on nextrust/nextrust; you hold read.');
    expect(reruns()).toBe(reran);
  });

  it.each([
    { asked: (repository: string) => `retry-job --failed ${repository}@`, pins: 1 },
    { asked: (repository: string) => `subscribe ${repository}@`, pins: 0 },
  ])("is pinned to the head of the default branch only where it acts on that ($pins)", async ({ asked, pins }) => {
    const looks = () => world.github.calls().filter(({ name }) => name.endsWith("RefPipeline")).length;
    const before = looks();

    await world.ask("uma", asked(world.github.repository));

    expect(looks() - before).toBe(pins);
  });

  it("is refused when the head has moved meanwhile", async () => {
    await world.ask("uma", `retry-job --failed #${world.github.pulls.green}`);
    const [before, reran] = [seen().length, reruns()];
    const confirm = await question();
    await world.github.push(world.github.pulls.green);

    await confirm();

    const answer = await answerAfter(before, "since you asked, so nothing was done.");
    expect(wordsIn(answer.blocks)).toMatch(/#\d+ has moved from @[0-9a-f]{7} to @[0-9a-f]{7} since you asked/);
    expect(answer.actions.map(({ value }) => value)).toEqual([`retry-job --failed #${world.github.pulls.green}`]);
    expect(reruns()).toBe(reran);
  });

  it("is not kept when GitHub cannot tell which commit it is about", async () => {
    world.github.fail(/PullRequestPipeline/, { status: 502 }, 3);

    expect(await world.ask("uma", `retry-job --failed #${world.github.pulls.red}`)).toContain("Ask again when you are linked.");
    expect(offered()).toBeDefined();
  });

  it("is answered where it was asked, and of several commands only the one that needed the link", async () => {
    const bot = `<@${world.slack.botUserId}>`;
    const { message } = await world.slack.say({
      as: "uma",
      channel: "ci",
      text: `${bot} whoami\n${bot} cancel #${world.github.pulls.red}`,
    });
    const inThread = () => seen().filter(({ threadTs }) => threadTs === message.ts);
    const refusal = await eventually(() => inThread().find(({ actions }) => actions.length > 1));
    const confirm = await question(refusal.actions.at(-1)?.url);

    await confirm();

    const answer = await eventually(() => inThread().find(({ order }) => order > refusal.order));
    expect(wordsIn(answer.blocks)).toContain("Nothing runs on");
    expect(wordsIn(answer.blocks)).not.toContain("You are:");
  });

  it("keeps its button beside an answer that everybody sees", async () => {
    const bot = `<@${world.slack.botUserId}>`;
    const pull = world.github.pulls.red;
    const { message } = await world.slack.say({ as: "uma", channel: "ci", text: `${bot} status #${pull}\n${bot} cancel #${pull}` });
    const whispered = () => seen().find(({ threadTs, visibleTo }) => threadTs === message.ts && visibleTo !== undefined);
    const refusal = await eventually(whispered);
    const confirm = await question(refusal.actions[0]?.url);

    await confirm();

    await eventually(() => seen().find(({ threadTs, blocks }) => threadTs === message.ts && wordsIn(blocks).includes("Nothing runs on")));
  });

  it("is no bother to those who only read what the channel is bound to", async () => {
    const answer = await world.ask("uma", `status #${world.github.pulls.red}`);

    expect(answer).not.toContain("Link");
    expect(offered()).toBeUndefined();
  });

  it("is kept where a command finds out late whose link it needs", async () => {
    await world.ask("grace", "subscribe workflow=Nightly");
    expect(await world.ask("uma", "unsubscribe s1")).toContain("Do so by this button within ten minutes, and I carry it out then.");
    const before = seen().length;

    await (await question())();

    await answerAfter(before, "uma ended s1");
  });

  // The last one: it puts the clock forward, and back again.
  it("is refused when it is older than ten minutes, though the link is not", async () => {
    await world.ask("uma", `retry-job --failed #${world.github.pulls.red}`);
    const visitor = aVisitor();
    const gitHub = await visitor.go(offered() ?? "");
    const now = Date.now.bind(Date);
    vi.spyOn(Date, "now").mockImplementation(() => now() + 9 * 60_000);
    const page = await visitor.submit(gitHub, { login: "uma", decision: "approve" });
    vi.spyOn(Date, "now").mockImplementation(() => now() + 12 * 60_000);
    const [before, reran] = [seen().length, reruns()];

    expect((await visitor.submit(page)).status).toBe(200);

    await answerAfter(before, "You are linked now, but you asked for this 12 minutes ago, so nothing was done.");
    expect(reruns()).toBe(reran);
  });
});
