import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import { createPrograms } from "../../src/sandbox/money/programs.ts";
import { eventually } from "../eventually.ts";
import { openStage, repository, type Stage } from "./actions/stage.ts";
import { wordsIn } from "./world.ts";

// What other bots fail at, numbered. Elsewhere: a crash in the middle (5) in kill-retry.test.ts, a build that began first and ended last (12) in
// policy.test.ts, 200 failures in a minute (15) in incidents-and-others.test.ts and, for rules that tell of each, in pipeline/policy/notify.test.ts.

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ priceBook: packagedPriceBook() });
});
afterAll(() => stage.close());

const rerun = "POST runs/rerun-failed-jobs";
const failed = { build: "success", test: "failure" } as const;
const repliesOn = async (pull: number) => (await stage.github.comments(pull)).filter(({ author }) => author === stage.github.bot.login);

describe("acceptance", () => {
  it("1: two commands in one comment, the first fails: the second is done", async () => {
    const pull = await stage.openPull({ build: "success" });

    const reply = await stage.world.comment("ada", pull, "/ci-retry-job no-such-job\n/ci-status");

    expect(reply).toMatch(/No job on[\s\S]*no-such-job[\s\S]*green/);
  });

  it("2: a fenced command and a live one together: only the live one runs, and its reply holds nothing of the fence", async () => {
    const pull = await stage.openPull(failed);
    const before = stage.github.calls().length;

    const reply = await stage.world.comment("ada", pull, "```\n/ci-retry-job --failed\n/ci-fenced\n```\n\n/ci-help whoami");

    expect(reply).toContain("/ci-whoami");
    expect(reply).not.toMatch(/retry|fenced/);
    expect(await repliesOn(pull)).toHaveLength(1);
    expect(stage.changes(before)).toEqual([]);
  });

  it.each([
    ["quotes", (body: string) => body.replaceAll(/^/gm, "> "), 1],
    // What it repeats of a person is a command once more; what it repeats of us is none.
    ["repeats word for word", (body: string) => body, 2],
  ])("3: another bot %s every comment, the list of commands too: the exchange ends", async (_, say, replies) => {
    const pull = await stage.openPull({ build: "success" });
    // The other bot speaks as a person does, so that it is not its kind that keeps it from being heard.
    await stage.github.setRole("sam", "write");
    const answered = new Set<number>();
    const answerAll = async () => {
      const heard = (await stage.github.comments(pull)).filter(({ id, author }) => author !== "sam" && !answered.has(id));
      for (const { id, body } of heard) {
        answered.add(id);
        await stage.github.comment("sam", pull, say(body));
      }
      return heard.length;
    };

    await stage.github.comment("ada", pull, "/ci-help");
    await eventually(async () => (await repliesOn(pull)).length > 0);
    let rounds = 0;
    while ((await answerAll()) > 0 && rounds < 10) {
      rounds += 1;
      await eventually(async () => (await repliesOn(pull)).length >= replies);
      await stage.quiet();
    }

    expect(rounds).toBe(replies);
    expect(await repliesOn(pull)).toHaveLength(replies);
    await stage.github.setRole("sam", "none");
  });

  it("4: a maintainer puts a command into a member's old comment: nothing runs, and the audit says who tampered", async () => {
    const pull = await stage.openPull(failed);
    const said = await stage.github.comment("ravi", pull, "It is red.");
    const before = stage.github.calls().length;

    await stage.github.edit("ada", said.id, "It is red.\n\n/ci-retry-job test #4");

    expect(await stage.ended("retry-job test #4")).toMatchObject({ reason: "tampered", actorName: "ada", outcome: "refused" });
    expect(stage.changes(before)).toEqual([]);
    expect(await repliesOn(pull)).toEqual([]);
  });

  it("5: a redelivery after success: the same answer, no second action", async () => {
    const pull = await stage.openPull(failed);
    const before = stage.github.calls().length;
    const said = await stage.github.comment("ada", pull, "/ci-retry-job --failed");
    await stage.commented(pull, /Retrying/);

    await stage.github.redeliver(said.guid);
    await stage.github.deliverTwice(said.guid);
    await stage.quiet();

    expect(stage.changes(before)).toEqual([rerun]);
    expect(await repliesOn(pull)).toHaveLength(1);
    await stage.github.finishRuns(pull);
    await stage.commented(pull, /passed on attempt 2/);
  });

  it("6: two people click Retry at once: one re-run, and both are told", async () => {
    const pull = await stage.openPull(failed);
    await stage.github.setRole("ravi", "write");
    await stage.forgetRoles();
    const buttonOf = async (as: "ada" | "ravi") => {
      await stage.world.ask(as, `status #${pull}`);
      const message = stage.slack
        .transcript("ci", as)
        .findLast(({ actions }) => actions.some(({ label }) => label === "Retry failed jobs"));
      return { as, messageId: message?.id ?? "", actionId: message?.actions[0]?.actionId ?? "" };
    };
    const clicks = [await buttonOf("ada"), await buttonOf("ravi")];
    const before = stage.github.calls().length;

    await Promise.all(clicks.map((click) => stage.slack.click(click)));

    const told = await eventually(() => {
      const said = stage.slack.transcript("ci", "ada").map(({ blocks }) => wordsIn(blocks));
      const all = said.filter((words) => new RegExp(`Retrying test on #${pull} `).test(words));
      return all.length === 2 && all;
    });
    expect(told.filter((words) => words.includes("so I joined in"))).toHaveLength(1);
    expect(["ada", "ravi"].every((name) => told.some((words) => words.includes(`${name} asked`)))).toBe(true);
    expect(stage.changes(before)).toEqual([rerun]);
    await stage.github.setRole("ravi", "read");
    await stage.forgetRoles();
  });

  it("7: the look-up of the role fails: nothing is allowed or refused, and a retry works later", async () => {
    const pull = await stage.openPull(failed);
    await stage.forgetRoles();
    stage.github.fail(/collaborators\/ada\/permission/, { status: 500 }, 3);

    expect(await stage.aside("ada", `retry-job --failed ${repository}#${pull}`)).toMatchObject({
      outcome: "failed",
      reason: "service_failed",
    });
    expect(await stage.aside("ada", `retry-job --failed ${repository}#${pull}`)).toMatchObject({
      outcome: "done",
      reason: "retry_running",
    });
  });

  it("8: the head moves between the offer and the click: refused, with both commits named", async () => {
    const pull = await stage.openPull(failed);
    const old = await stage.head(pull);
    const { buttons } = await stage.aside("ada", `status ${repository}#${pull}`);
    const before = stage.github.calls().length;
    await stage.github.push(pull);

    const { reason, shown } = await stage.aside("ada", buttons[0] ?? "");

    expect(reason).toBe("head_moved");
    expect(shown).toContain(`#${pull} has moved from @${old} to @${await stage.head(pull)}, so nothing was done.`);
    expect(stage.changes(before)).toEqual([]);
  });

  it("9: a retry while the run goes waits for its end; the 51st is refused in a sentence", async () => {
    const pull = await stage.openPull({ build: "in_progress", test: "failure" });
    const before = stage.github.calls().length;

    expect(await stage.aside("ada", `retry-job --failed ${repository}#${pull}`)).toMatchObject({ outcome: "queued" });
    expect(stage.changes(before)).toEqual([]);
    await stage.github.finishRuns(pull);
    await stage.until(() => stage.changes(before).length === 1);

    const worn = await stage.openPull(failed);
    await stage.github.ageRun(worn, { attempt: 51 });
    expect((await stage.aside("ada", `retry-job --failed ${repository}#${worn}`)).shown).toContain(
      "This run of CI was run again 50 times, and GitHub allows no more. Push a commit to run it anew.",
    );
  });

  it("10: nothing failed on the commit: it says so, and lists what cannot be retried", async () => {
    const pull = await stage.openPull({ build: "success", deploy: "skipped" });
    await stage.github.setStatus(pull, "ci/elsewhere", "failure");

    const { reason, shown } = await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    expect(reason).toBe("nothing_to_retry");
    expect(shown).toMatch(/There is nothing to retry on #\d+ @[0-9a-f]{7}[\s\S]*ci\/elsewhere/);
  });

  it("11: what others wrote stays words, a token in a log is masked, and its fence is longer than any inside", async () => {
    const pull = await stage.openPull(failed);
    const token = `ghp_${"a1B2".repeat(9)}`;
    await stage.github.setLog(pull, "test", `error: <!channel> | > said \`\`\`\`\` with ${token}\n##[error]x\n`);

    const inSlack = await stage.aside("ada", `get-logs test ${repository}#${pull}`);
    const onGitHub = await stage.world.comment("ada", pull, "/ci-get-logs test");
    await stage.rename(pull, "<!channel> | <@U1> > *bold* & co");
    const titled = await stage.aside("ada", `status ${repository}#${pull}`);

    expect(inSlack.shown).toContain("<!channel> | > said ````` with ***");
    expect(titled.shown).toContain("<!channel> | <@U1> > *bold* & co");
    expect(onGitHub).toMatch(/^`{6,}text$/m);
    for (const said of [inSlack.shown, onGitHub]) expect(said).not.toContain(token);
  });

  it("13: two reviews ask at once at 99 % of a budget: one runs, the other is told what is left", async () => {
    const pullRequest = await stage.openPull({ build: "success" });
    const programs = createPrograms(stage.apiToken);
    programs.connect(stage.bot.url);
    const about = { service: "claude-code", model: "claude-opus-4-8", repository, pullRequest };
    const tokens = { input_tokens: 0, output_tokens: 792_000 };
    await programs.tell([{ type: "usage", id: "review-0", at: Date.now(), provider: "anthropic", tokens, ...about }]);

    const answers = await Promise.all(
      ["review-1", "review-2"].map((id) => programs.tell([{ type: "reserve", id, estimateUsd: "0.15", ...about }])),
    );

    const told = answers.flat().toSorted((one, other) => one.status.localeCompare(other.status));
    expect(told.map(({ status }) => status)).toEqual(["granted", "refused"]);
    expect(told[1]?.message).toContain("has $0.05 left: $19.80 of $20.00 is spent, $0.15 more reserved by what is under way.");
  });

  it("14: somebody in Slack who is not linked changes nothing, and reads what the channel reads", async () => {
    const pull = await stage.openPull(failed);
    const before = stage.github.calls().length;

    expect(await stage.world.ask("uma", `retry-job --failed #${pull}`)).toContain("you are not linked");
    expect(stage.world.slack.transcript("ci", "uma").at(-1)?.actions).toMatchObject([{ label: "Link my GitHub account" }]);
    expect(await stage.world.ask("uma", `status #${pull}`)).toContain(`#${pull}: test failed`);
    expect(stage.changes(before)).toEqual([]);
  });
});
