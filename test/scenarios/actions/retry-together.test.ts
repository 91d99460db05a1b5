import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../eventually.ts";
import { wordsIn } from "../world.ts";
import { openStage, repository, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const failedJobs = "POST runs/rerun-failed-jobs";
const answers = async (pull: number) => (await stage.github.comments(pull)).filter(({ author }) => author === stage.github.bot.login);

describe("two people who want the same", () => {
  it("at the same moment make one re-run, and both hear how it ends", async () => {
    const pull = await stage.openPull({ build: "success", test: "failure" });
    const before = stage.github.calls().length;

    await Promise.all([
      stage.slack.slash({ as: "ada", channel: "ci", text: `retry-job --failed #${pull}` }),
      stage.github.comment("grace", pull, "/ci-retry-job --failed"),
    ]);
    const outcomes = [await stage.ended(`retry-job --failed #${pull}`), await stage.ended("retry-job --failed")];
    await stage.github.finishRuns(pull);

    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} @`), "ci");
    await stage.commented(pull, new RegExp(`test passed on attempt 2 · #${pull} @`));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["done", "joined"]);
    expect(stage.changes(before)).toEqual([failedJobs]);
    expect(await answers(pull)).toHaveLength(1);
  });

  it("one after the other make one re-run, which the second joins, by --failed or by the job's name", async () => {
    const pull = await stage.openPull({ build: "success", test: "failure" });
    const before = stage.github.calls().length;
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    const all = await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    const one = await stage.aside("ada", `retry-job test ${repository}#${pull}`);

    for (const { outcome, reason, shown } of [all, one]) {
      expect({ outcome, reason }).toEqual({ outcome: "joined", reason: "retry_joined" });
      expect(shown).toMatch(/Retrying test on #\d+ @[0-9a-f]{7}, attempt 2\.\n.*Somebody asked for that already, so I joined in\./);
    }
    expect(stage.changes(before)).toEqual([failedJobs]);
  });

  it("wait for each other when the second wants debug logging, which the first did not", async () => {
    const pull = await stage.openPull({ build: "success", test: "failure" });
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    expect(await stage.aside("ada", `retry-job --failed --debug ${repository}#${pull}`)).toMatchObject({ outcome: "queued" });
    await stage.github.finishRuns(pull);
    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} @`));
  });

  it("join one that waits for the run's end", async () => {
    const pull = await stage.openPull({ build: "in_progress", test: "failure" });
    const before = stage.github.calls().length;
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    expect(await stage.aside("ada", `retry-job test ${repository}#${pull}`)).toMatchObject({ outcome: "joined" });

    await stage.github.finishRuns(pull);
    await stage.until(() => stage.changes(before).length > 0);
    await stage.github.finishRuns(pull);
    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} @`));

    expect(stage.changes(before)).toEqual([failedJobs]);
  });
});

describe("somebody who wants another job of a run that is retried", () => {
  it("waits for its turn, and gets the job under the name that it has in the newest attempt", async () => {
    const pull = await stage.openPull({ "test (a)": "failure", "test (b)": "failure" });
    await stage.aside("ada", `retry-job "test (a)" ${repository}#${pull}`);

    const other = await stage.aside("ada", `retry-job "test (b)" ${repository}#${pull}`);

    expect(other).toMatchObject({ outcome: "queued", reason: "retry_waiting" });
    await stage.github.finishRuns(pull);
    await eventually(async () => (await stage.github.runs(pull))[0]?.attempt === 3);
    await stage.github.finishRuns(pull);
    await stage.told(new RegExp(`test \\(b\\) passed on attempt 3 · #${pull} @`));
  });

  it("runs it again in the third attempt although its id was another one in the first", async () => {
    const pull = await stage.openPull({ test: "failure" });
    stage.github.setOutcome("test", "failure");
    await stage.aside("ada", `retry-job test ${repository}#${pull}`);
    await stage.github.finishRuns(pull);
    await stage.told(new RegExp(`test failed again on attempt 2 · #${pull} @`));

    const again = await stage.aside(
      "ada",
      `retry-job test ${repository}#${pull} sha=${(await stage.github.runs(pull))[0]?.headSha.slice(0, 7)}`,
    );

    stage.github.setOutcome("test", "success");
    expect(again.shown).toMatch(/Retrying test on #\d+ @[0-9a-f]{7}, attempt 3\./);
  });
});

describe("two workflows that failed", () => {
  it("are two re-runs and one answer with a row for each", async () => {
    const pull = await stage.openPull({ test: "failure" });
    await stage.startByHand("nightly.yml", pull);
    await stage.github.setJob(pull, "soak-test", "failure");
    await stage.github.finishRuns(pull);
    const before = stage.github.calls().length;

    const { shown, reason } = await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    expect(reason).toBe("retry_running");
    expect(shown).toMatch(/2 workflows on #\d+ @[0-9a-f]{7}: 2 under way/);
    expect(shown).toMatch(/Nightly\n · \nRetrying soak-test on/);
    expect(stage.changes(before)).toEqual([failedJobs, failedJobs]);
    await stage.github.finishRuns(pull);
    expect(await stage.told(new RegExp(`2 workflows on #${pull} @[0-9a-f]{7} have ended`))).toMatch(/CI\n · \ntest passed on attempt 2/);
  });
});

describe("who sees it", () => {
  it("is everybody in the channel of the repository, and the asker alone elsewhere, to the end", async () => {
    const [here, elsewhere] = [await stage.openPull({ test: "failure" }), await stage.openPull({ test: "failure" })];
    await stage.slack.slash({ as: "ada", channel: "ci", text: `retry-job --failed #${here}` });
    await stage.aside("ada", `retry-job --failed ${repository}#${elsewhere}`);
    for (const pull of [here, elsewhere]) await stage.github.finishRuns(pull);

    await stage.told(new RegExp(`test passed on attempt 2 · #${here} `), "ci");
    await stage.told(new RegExp(`test passed on attempt 2 · #${elsewhere} `));
    const seenByRavi = (channel: "ci" | "random") =>
      stage.slack
        .transcript(channel, "ravi")
        .map(({ blocks }) => wordsIn(blocks))
        .join("");
    expect(seenByRavi("ci")).toContain(`#${here} `);
    expect(seenByRavi("random")).toBe("");
  });

  it("is offered a place where none was named: nothing is guessed, and nothing done", async () => {
    const pull = await stage.openPull({ "test (a)": "failure" });
    const before = stage.github.calls().length;

    const shown = await stage.world.ask("ada", 'retry-job "test (a)" --debug');

    expect(shown).toContain(`Say on what, as in /ci retry-job "test (a)" --debug #${pull}`);
    const offer = stage.slack.transcript("ci", "ada").at(-1)?.actions[0]?.value;
    expect(offer).toBe(`retry-job "test (a)" --debug ${repository}#${pull}`);
    expect(stage.changes(before)).toEqual([]);
  });
});
