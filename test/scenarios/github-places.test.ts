import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsWithWords } from "../../src/bot/github/events.ts";
import { eventually } from "../eventually.ts";
import { type Asked, places } from "./places.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const reactions = ({ reactions: given }: { readonly reactions: readonly { readonly content: string }[] }) =>
  given.map(({ content }) => content).toSorted();

describe.each(Object.entries(places))("%s", (_, place) => {
  let asked: Asked;

  it("takes a command and answers where it was said, once although GitHub's answer to the post was lost", async () => {
    const calls = world.github.calls().length;
    world.github.fail(place.posts, "drop-after");

    asked = await place.say(world.github, "ada", "Hm.\n\n/ci-whoami");

    // Found again, it is edited.
    const since = () =>
      world.github
        .calls()
        .slice(calls)
        .map(({ name }) => name);
    await eventually(() => since().some((name) => place.finds.test(name)) && since().some((name) => place.edits.test(name)));
    const answers = await place.answers(world.github, asked);
    expect(answers.map(({ body }) => body)).toEqual([expect.stringContaining("Your role: maintain")]);
  });

  it("runs nothing of an edit, and writes down what another person put in", async () => {
    const before = (await place.answers(world.github, asked)).length;

    await place.edit(world.github, "ada", asked, "Hm.\n\n/ci-whoami\n/ci-help");
    await place.edit(world.github, "grace", asked, `Hm.\n\n/ci-whoami\n/ci-can status ${asked.id}`);

    await eventually(() => world.log().includes(`can status ${asked.id}`));
    expect(world.log()).toContain("tampered");
    expect((await place.answers(world.github, asked)).length).toBe(before);
  });

  it("answers once under one GUID or two", async () => {
    await Promise.all([world.github.redeliver(asked.guid), world.github.deliverTwice(asked.guid)]);
    // What comes after it is answered after it.
    await world.ask("ada", "whoami");

    expect(await place.answers(world.github, asked)).toHaveLength(1);
  });
});

describe("how it went is said by a reaction", () => {
  beforeAll(async () => {
    // Who belongs nowhere is answered once, and from then on gets a reaction that waits for its turn.
    await world.comment("sam", world.github.pulls.green, "/ci-whoami");
  });

  it.each(Object.entries(places).filter(([, { isForMembers }]) => !isForMembers))("on %s", async (_, place) => {
    const said = await place.say(world.github, "sam", "/ci-whoami");

    await eventually(async () => reactions(await place.look(world.github, said)).includes("CONFUSED"));
    expect(await place.answers(world.github, said)).toEqual([]);
  });
});

describe("a review", () => {
  it("submitted with commands in its body and on lines has each run once, and answered where it stands", async () => {
    const { red } = world.github.pulls;
    const said = await world.github.review("ada", red, {
      body: "/ci-whoami",
      comments: [
        { path: "src/fpu-traps.rs", line: 2, body: "/ci-can status" },
        { path: "src/fpu-traps.rs", line: 3, body: "No command." },
      ],
    });
    const answersOn = (id?: number) =>
      world.github
        .reviewThreads(red)
        .find(({ comments }) => comments[0]?.id === id)
        ?.comments.slice(1);
    const mine = async () => (await world.github.comments(red)).filter(({ body }) => body.includes(`review%3A${said.id} -->`));

    await eventually(async () => (await mine()).length > 0 && (answersOn(said.comments[0]?.id) ?? []).length > 0);

    expect((await mine()).map(({ body }) => body)).toEqual([expect.stringContaining("Your role: maintain")]);
    expect(answersOn(said.comments[0]?.id)).toMatchObject([{ author: world.github.bot.login, body: expect.stringContaining("status") }]);
    expect(answersOn(said.comments[1]?.id)).toEqual([]);
  });

  it("is answered in the conversation, to its end, where the comment that began the thread is gone", async () => {
    const { green } = world.github.pulls;
    await world.github.setJob(green, "test-rust (m68040)", "failure");
    const first = await world.github.reviewComment("ada", green, { path: "src/fpu-traps.rs", line: 5, body: "Red again." });
    // Whatever begins the thread is gone by the time that GitHub is asked for it.
    world.github.fail(/ReviewThreads/, { delayMs: 300 });
    const asked = await world.github.reviewComment("grace", green, { replyTo: first.id, body: "/ci-retry-job --failed" });
    await world.github.deleteReviewComment("ada", first.id);

    const answer = () =>
      eventually(async () => (await world.github.comments(green)).find(({ body }) => body.includes(`review%2Dcomment%3A${asked.id} -->`)));
    await answer();
    await world.github.finishRuns(green);
    await eventually(async () => (await answer()).body.includes("passed"));
    expect((await world.github.comments(green)).filter(({ body }) => body.includes(`review%2Dcomment%3A${asked.id} -->`))).toHaveLength(1);
  });
});

describe("a Discussion", () => {
  const answerTo = async (as: string, body: string, number?: number) => {
    const discussion = number ?? (await world.github.openDiscussion("grace", { category: "general", title: "CI", body: "Talk." })).number;
    const { id } = await world.github.discuss(as, discussion, body);
    const find = () => world.github.discussion(discussion).comments.find((comment) => comment.id === id)?.replies[0];
    return { discussion, id, find, answer: await eventually(find) };
  };

  it("is about no pull request, so that what is read is guessed and said, and what is changed is named", async () => {
    const { discussion, answer } = await answerTo("ada", "/ci-status");
    const { answer: refusal } = await answerTo("ada", "/ci-retry-job --failed", discussion);
    const { answer: named } = await answerTo("ada", `/ci-status #${world.github.pulls.green}`, discussion);

    expect(answer.body).toContain("Your newest open pull request, since none was named.");
    expect(refusal.body).toContain("Say on what, as in /ci-retry-job");
    expect(named.body).toContain("all 7 jobs are green");
  });

  it("refuses who may only read what changes something", async () => {
    const { answer } = await answerTo("ravi", `/ci-retry-job --failed #${world.github.pulls.red}`);

    expect(answer.body).toContain("needs the role write on nextrust/nextrust; you hold read");
  });

  it("shows the progress of what was asked for in the one reply, which is hidden only when it is over and stood in for", async () => {
    const { red } = world.github.pulls;
    const { discussion, find } = await answerTo("ada", `/ci-retry-job --failed #${red}`);
    const again = await answerTo("grace", `/ci-retry-job --failed #${red}`, discussion);
    expect(find()?.minimised).toBeUndefined();

    await world.github.finishRuns(red);

    await eventually(() => find()?.minimised === "outdated");
    expect(find()).toMatchObject({ isEdited: true, body: expect.stringMatching(/^✅/) });
    expect(again.find()?.minimised).toBeUndefined();
  });
});

describe("what the bot says itself", () => {
  it("is delivered to it and starts nothing", async () => {
    const byBots = () =>
      world.github
        .deliveries()
        .filter(({ event }) => eventsWithWords.has(event))
        .filter(({ payload }) => (payload.sender as { readonly type?: string }).type === "Bot");
    await eventually(() => byBots().every(({ attempts }) => attempts.length > 0));

    const kinds = new Set(byBots().map(({ event }) => event));
    expect([...kinds].toSorted()).toEqual(["discussion_comment", "issue_comment", "pull_request_review", "pull_request_review_comment"]);
    for (const { guid } of byBots()) expect(world.log()).not.toContain(guid);
  });
});
