import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

const pastTheEnd = "fn next(tokens: &[u8]) {\n    while at <= tokens.len() { read(tokens[at]); }\n}\n";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    models: true,
    settings: ({ github, slack }) => ({
      cooldownSeconds: 0,
      mirror: [{ repository: github.repository, channel: slack.channels.ci.id }],
    }),
  });
});
afterAll(() => world.close());

let count = 0;
async function open(files: Readonly<Record<string, string>> = { [`src/lexer-${count}.rs`]: pastTheEnd }): Promise<number> {
  count += 1;
  return (await world.github.openPull("uma", { title: `Change ${count}`, branch: `reviewed-${count}`, files })).number;
}
const commentsOn = async (number: number) =>
  (await world.github.comments(number))
    .filter(({ author }) => author === world.github.bot.login)
    .map(({ id, body }) => ({ id, body: body.replaceAll("\u200b", "") }));
const isSummary = ({ body }: { readonly body: string }) => body.includes("nextrust:reply review%3Asummary");
const summaryOn = (number: number, words: string | RegExp = "") =>
  eventually(async () => (await commentsOn(number)).find((comment) => isSummary(comment) && new RegExp(words).test(comment.body)));
const replyOn = (number: number, words: string | RegExp) =>
  eventually(async () => (await commentsOn(number)).find((comment) => !isSummary(comment) && new RegExp(words).test(comment.body)));
const checkOn = async (number: number) => (await world.github.checks(number)).find(({ name }) => name === "NeXTRust review (gemini)");
const threadsOn = (number: number) => world.github.reviewThreads(number);
const asked = () => world.models?.api.requests().length ?? 0;
const inChannel = () => world.slack.transcript("ci", "ada").map(({ blocks }) => wordsIn(blocks));

describe("force-review", () => {
  it("ends in one summary, a finding beside its line, a check run and a few words in the thread", async () => {
    const number = await open();

    const first = await world.comment("uma", number, "/ci-force-review gemini");
    const summary = await summaryOn(number);
    const [thread] = await eventually(() => (threadsOn(number).length > 0 ? threadsOn(number) : undefined));

    expect(first).toMatch(/Reviewing|Gemini review of/);
    expect(summary.body).toMatch(/Gemini review of [0-9a-f]{7}: 1 high/);
    expect(thread).toMatchObject({ line: 2 });
    expect(thread?.comments[0]?.body).toContain("```suggestion\n    while at < tokens.len()");
    await replyOn(number, "The review on the pull request");
    expect(await eventually(() => checkOn(number))).toMatchObject({ conclusion: "neutral", title: expect.stringMatching(/: 1 high$/) });
    await eventually(() => inChannel().filter((words) => words.includes("Gemini review of") && words.includes("1 high")).length >= 2);
    expect(await world.ask("ada", "audit")).toMatch(/review_findings/);
  });

  it("tells no money where everybody can read it, though it was asked in Slack", async () => {
    const number = await open();

    const first = await world.ask("ada", `force-review gemini #${number}`);
    const summary = await summaryOn(number);
    const told = await eventually(() =>
      inChannel().find((words) => words.includes(`force-review gemini #${number}`) && /Cost/.test(words)),
    );

    expect(first).toMatch(/at most (?:under )?\$|Cost/);
    expect(told).toMatch(/Cost:\s+<?\$/);
    expect(summary.body).not.toMatch(/\$\d|Cost/);
    expect((await checkOn(number))?.summary ?? "").not.toMatch(/\$\d|Cost/);
  });

  it("edits the same summary by the button of its check run, and posts no finding twice", async () => {
    const number = await open();
    await world.comment("uma", number, "/ci-force-review gemini");
    const before = await summaryOn(number);
    await eventually(() => threadsOn(number).length === 1);
    const calls = asked();

    const check = await eventually(() => checkOn(number));
    await world.github.clickCheck("uma", check.id, "Review again");
    await eventually(async () =>
      /\*\*uma\*\* asked .*Gemini review of/.test((await checkOn(number))?.summary?.replaceAll("\u200b", "") ?? ""),
    );

    expect(asked()).toBe(calls + 1);
    expect((await commentsOn(number)).filter(isSummary).map(({ id }) => id)).toEqual([before.id]);
    expect(threadsOn(number)).toHaveLength(1);
  });

  it("is paid for once when two ask for it at once, and both are answered", async () => {
    const number = await open();
    const calls = asked();

    await Promise.all([
      world.github.comment("uma", number, "/ci-force-review gemini"),
      world.github.comment("ada", number, "/ci-force-review gemini"),
    ]);
    await eventually(
      async () => (await commentsOn(number)).filter(({ body }) => body.includes("The review on the pull request")).length === 2,
    );

    expect(asked()).toBe(calls + 1);
  });

  it("names the model's failure in the reply and in the check run, and keeps what was found before", async () => {
    const number = await open();
    world.models?.api.fail("refusal", { times: 1 });

    await world.comment("uma", number, "/ci-force-review gemini");
    const reply = await replyOn(number, "declined");
    const check = await eventually(async () => {
      const found = await checkOn(number);
      return found?.title?.includes("failed") ? found : undefined;
    });

    expect(reply.body).not.toContain("Reviewing");
    expect(check.summary).toContain("declined");
    expect((await commentsOn(number)).filter(isSummary)).toHaveLength(0);

    await world.comment("uma", number, "/ci-force-review gemini");
    await summaryOn(number, "1 high");
    world.models?.api.fail("refusal", { times: 1 });
    await world.comment("uma", number, "/ci-force-review gemini");
    await eventually(async () => (await commentsOn(number)).filter(({ body }) => body.includes("declined")).length === 2);
    expect((await checkOn(number))?.title).toMatch(/1 high$/);
  });

  it("does not write a summary again that somebody deleted", async () => {
    const number = await open();
    await world.comment("uma", number, "/ci-force-review gemini");
    const { id } = await summaryOn(number);
    await world.github.deleteComment("ada", id);

    await world.comment("uma", number, "/ci-force-review gemini");
    await eventually(
      async () => (await commentsOn(number)).filter(({ body }) => body.includes("The review on the pull request")).length === 2,
    );

    expect((await commentsOn(number)).filter(isSummary)).toEqual([]);
  });

  it("asks nobody for who may only read, of what is closed, or of a head that is another by now", async () => {
    const number = await open();
    const calls = asked();

    expect(await world.comment("ravi", number, "/ci-force-review gemini")).toMatch(/read|write/);
    const moved = await world.comment("uma", number, "/ci-force-review gemini sha=1234567");
    expect(moved.replaceAll("\u200b", "")).toMatch(/moved from @1234567 to @[0-9a-f]{7}/);
    await world.github.changePull("uma", number, { state: "closed" });
    expect(await world.comment("uma", number, "/ci-force-review gemini")).toContain("is closed");

    expect(asked()).toBe(calls);
  });
});

describe("ai-review", () => {
  it("looks at the files that are named, with what is to be kept in mind", async () => {
    const number = await open({ "src/a.rs": pastTheEnd, "src/b.rs": pastTheEnd.replace("next", "other"), "docs/c.md": "TODO\n" });

    await world.comment("uma", number, '/ci-ai-review --prompt "is it safe twice?" "src/a*"');
    const { body } = await summaryOn(number);

    expect(body).toMatch(/: 1 high/);
    expect(body).toContain("src/a.rs:2");
    expect(body).not.toContain("src/b.rs:2");
    expect(JSON.stringify(world.models?.api.requests().at(-1))).toContain("is it safe twice?");
  });

  it("says what there is where no file is so named, and asks nobody", async () => {
    const number = await open({ "src/a2.rs": pastTheEnd });
    const calls = asked();

    const reply = await world.comment("uma", number, "/ci-ai-review src/none.rs");

    expect(reply).toContain("src/a2.rs");
    expect(asked()).toBe(calls);
  });
});
