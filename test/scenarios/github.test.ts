import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const { repliesTo, reactionsTo } = {
  repliesTo: async (number: number) => (await world.github.comments(number)).filter(({ author }) => author === world.github.bot.login),
  reactionsTo: async (number: number, id: number) =>
    ((await world.github.comments(number)).find((comment) => comment.id === id)?.reactions ?? []).map(({ content }) => content).toSorted(),
};

describe("/ci- on a pull request", () => {
  it("answers with one comment and says by reactions how it went", async () => {
    const said = await world.github.comment("ada", world.github.pulls.red, "Hm.\r\n\r\n/ci-status\r\n");

    const reply = await eventually(async () => (await repliesTo(world.github.pulls.red))[0]);
    expect(reply.body.replaceAll(/[0-9a-f]{40}|[0-9a-f]{7}\b|:\d+\/|\d{8,}/g, "…")).toMatchInlineSnapshot(`
      "❌ **\\#2: test-rust (m68040) failed · Handle FPU traps in the kernel**

      - Commit: […](<http://127.0.0.1…nextrust/nextrust/commit/…>)
      - Jobs: 1 failed, 5 passed, 1 skipped
      - Required: 3 of 4 passed

      | State | Job |
      | --- | --- |
      | ❌ failed, required | [CI / test-rust (m68040)](<http://127.0.0.1…nextrust/nextrust/actions/runs/…/job/…>) |

      [\\#2 on GitHub](<http://127.0.0.1…nextrust/nextrust/pull/2>)

      Retry failed jobs: \` /ci-retry-job --failed sha=… \` · Show the log: \` /ci-get-logs "test-rust (m68040)" sha=… \`

      <sub>ada asked \` /ci-status \`</sub>

      <!-- nextrust:reply reply%3Agithub%3Acomment%3A1 -->"
    `);
    await eventually(async () => (await reactionsTo(world.github.pulls.red, said.id)).length === 2);
    expect(await reactionsTo(world.github.pulls.red, said.id)).toEqual(["EYES", "ROCKET"]);
  });

  it("runs several commands in order, each with its own outcome, in one comment", async () => {
    const reply = await world.comment("ada", world.github.pulls.green, "/ci-nope\n/ci status\ntext\n   /CI-WhoAmI");

    const [unknown, status, whoami] = ["There is no command", "all 7 jobs are green", "Your role: maintain"].map((words) =>
      reply.indexOf(words),
    );
    expect(unknown).toBeGreaterThan(-1);
    expect(status).toBeGreaterThan(unknown ?? 0);
    expect(whoami).toBeGreaterThan(status ?? 0);
  });

  it("answers the first ten commands of a comment and says how many were left", async () => {
    const reply = await world.comment("ada", world.github.pulls.green, "/ci-whoami\n".repeat(12));

    expect(reply.match(/Your role/g)).toHaveLength(10);
    expect(reply).toContain("Only the first 10 commands of a comment are answered; 2 more were not run.");
  });

  it("costs nothing and says nothing when no command is for it", async () => {
    const before = world.github.calls().length;
    const texts = [
      "Nice work!",
      "```\n/ci-status\n```",
      "> /ci-status",
      "    /ci-status",
      "see /ci-status",
      "<!--\n/ci-status\n-->",
      "/cinema",
      "# /ci-status",
    ];

    for (const text of texts) await world.github.comment("ada", world.github.pulls.green, text);
    await sleep(300);

    expect(world.github.calls().length).toBe(before);
  });

  it("runs what the author wrote, and neither edits nor what others write into it", async () => {
    const said = await world.github.comment("ravi", world.github.pulls.green, "Fine.");
    const before = (await repliesTo(world.github.pulls.green)).length;

    await world.github.edit("ravi", said.id, "Fine.\n\n/ci-status");
    await world.github.edit("ada", said.id, "Fine.\n\n/ci-status main");

    await eventually(() => world.log().includes("a comment was tampered with"));
    expect((await repliesTo(world.github.pulls.green)).length).toBe(before);
  });

  it("keeps to its own repository, where everyone can read along", async () => {
    const reply = await world.comment("ada", world.github.pulls.green, "/ci-status nextrust/secret#1");

    expect(reply).toContain("Here I speak of nextrust/nextrust only.");
  });

  it("answers a stranger once in ten minutes, and then by a reaction only", async () => {
    await world.comment("sam", world.github.pulls.green, "/ci-status");
    const before = (await repliesTo(world.github.pulls.green)).length;
    const second = await world.github.comment("sam", world.github.pulls.green, "/ci-whoami");

    await eventually(async () => (await reactionsTo(world.github.pulls.green, second.id)).includes("CONFUSED"));
    expect((await repliesTo(world.github.pulls.green)).length).toBe(before);
  });

  it("works on a plain issue too, where nothing is changed unless it is named", async () => {
    const { issue, pulls } = world.github;

    const status = await world.comment("ada", issue, "/ci-status");
    const retry = await world.comment("ada", issue, "/ci-retry-job --failed");

    expect(status).toContain("Your newest open pull request, since none was named.");
    expect(retry).toContain(`Say on what, as in /ci-retry-job --failed #${pulls.red}`);
  });
});

describe("one comment, delivered again and again", () => {
  it("has one reply, under one GUID or two, at once or later", async () => {
    const before = (await repliesTo(world.github.pulls.red)).length;
    const said = await world.github.comment("ada", world.github.pulls.red, "/ci-whoami");
    await Promise.all([world.github.redeliver(said.guid), world.github.deliverTwice(said.guid), world.github.deliverTwice(said.guid)]);
    await eventually(async () => (await repliesTo(world.github.pulls.red)).length > before);
    await world.github.redeliver(said.guid);
    await world.github.deliverTwice(said.guid);
    await world.restart();
    await world.github.deliverTwice(said.guid);
    await sleep(1_500);

    expect((await repliesTo(world.github.pulls.red)).length).toBe(before + 1);
  });

  it("posts once although GitHub's answer to the post was lost", async () => {
    const before = (await repliesTo(world.github.pulls.red)).length;
    world.github.fail(/AddComment/, "drop-after");

    await world.github.comment("ada", world.github.pulls.red, "/ci-whoami");
    await eventually(() => world.github.calls().some(({ name }) => name === "POST /graphql LastComments"));
    await sleep(500);

    expect((await repliesTo(world.github.pulls.red)).length).toBe(before + 1);
  });

  it("posts in the end although GitHub limits writes for a while", async () => {
    world.github.fail(/AddComment/, {
      status: 403,
      headers: { "retry-after": "1" },
      body: { message: "You have exceeded a secondary rate limit." },
    });

    expect(await world.comment("ada", world.github.pulls.red, "/ci-whoami")).toContain("Your role: maintain");
  });
});

describe("words of other people", () => {
  it("stay words: no mention, no markup, no command", async () => {
    const reply = await world.comment("ada", world.github.pulls.green, '/ci-help "@everyone <b>x</b> [y](http://evil.test) /ci-status"');

    expect(reply).not.toContain("@everyone");
    expect(reply.replaceAll(/` .* `/g, "code")).not.toMatch(/<b>|\]\(http:\/\/evil/);
    expect(reply.split("\n").filter((line) => /^\s{0,3}\//.test(line))).toEqual([]);
  });
});
