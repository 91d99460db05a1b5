import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeenView } from "../../src/sandbox/slack/views/screens.ts";
import { eventually } from "../eventually.ts";
import { openStage, repository, type Stage } from "./actions/stage.ts";
import { type Who, wordsIn } from "./world.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const failedJobs = "POST runs/rerun-failed-jobs";
const twoRed = { build: "success", "test (a)": "failure", "test (b)": "failure" } as const;

/** The person's modal, once it says so. */
const modal = (as: Who, words: string | RegExp): Promise<SeenView> =>
  eventually(() => {
    const view = stage.slack.view(as);
    const said = view && wordsIn(view.blocks);
    return said !== undefined && (typeof words === "string" ? said.includes(words) : words.test(said)) && view;
  });

/** Asks for the status in #ci and opens the dialog by its button. */
async function open(pull: number, as: Who = "ada"): Promise<SeenView> {
  await stage.slack.slash({ as, channel: "ci", text: `status #${pull}` });
  const button = await eventually(() => {
    const message = stage.slack
      .transcript("ci", as)
      .findLast(({ actions }) => actions.some(({ label, value }) => label.startsWith("Choose failed") && value?.includes(`#${pull} `)));
    return message && { message, action: message.actions.find(({ label }) => label.startsWith("Choose failed")) };
  });
  await stage.slack.click({ as, messageId: button.message.id, actionId: button.action?.actionId ?? "" });
  return modal(as, /red on|cannot|frozen|needs|role/i);
}

async function sayWithPull(text: string) {
  return (await stage.slack.say({ as: "ravi", channel: "ci", text })).message.id;
}

describe("the dialog of failed jobs", () => {
  it("offers the jobs that failed while somebody types, and runs what was chosen again, once", async () => {
    const pull = await stage.openPull(twoRed);
    const before = stage.github.calls().length;
    const view = await open(pull);

    const all = await stage.slack.suggest({ as: "ada", viewId: view.id, actionId: "jobs", query: "" });
    const some = await stage.slack.suggest({ as: "ada", viewId: view.id, actionId: "jobs", query: "(B" });
    await stage.slack.submit({ as: "ada", viewId: view.id, values: { jobs: some.map(({ value }) => value), debug: ["debug"] } });

    expect(all.map(({ text }) => text)).toEqual(["All that failed (2)", "CI / test (a)", "CI / test (b)"]);
    expect(some.map(({ text }) => text)).toEqual(["CI / test (b)"]);
    const { outcome, command } = await stage.ended(`retry-job "CI / test (b)" --debug ${repository}#${pull} sha=${await stage.head(pull)}`);
    expect({ outcome, command }).toEqual({ outcome: "done", command: "retry-job" });
    expect(await stage.told(new RegExp(`Retrying test \\(b\\) on #${pull} `), "ci")).toContain("With debug logging.");
    expect(stage.slack.view("ada")).toBeUndefined();
    expect(stage.changes(before)).toEqual(["POST jobs/rerun"]);
  });

  it("retries all that failed when nothing else is chosen, pinned to the head that it showed", async () => {
    const pull = await stage.openPull(twoRed);
    const sha = await stage.head(pull);
    const view = await open(pull);

    await stage.slack.submit({ as: "ada", viewId: view.id, values: {} });

    const { outcome } = await stage.ended(`retry-job --failed ${repository}#${pull} sha=${sha}`);
    expect(outcome).toBe("done");
  });

  it("answers in the channel where it was opened, with who asked", async () => {
    const pull = await stage.openPull(twoRed);
    const view = await open(pull);
    await stage.slack.submit({ as: "ada", viewId: view.id, values: {} });

    await stage.told(new RegExp(`Retrying .* on #${pull} `), "ci");
    const message = stage.slack.transcript("ci", "ravi").findLast(({ text }) => text.includes(`#${pull} `));
    expect(message?.text).toMatch(/· ada$/);
    expect([...(message?.text ?? "")].length).toBeLessThanOrEqual(80);
  });

  it("runs each of several chosen jobs again", async () => {
    const pull = await stage.openPull({ ...twoRed, "test (c)": "failure" });
    const view = await open(pull);
    const options = await stage.slack.suggest({ as: "ada", viewId: view.id, actionId: "jobs", query: "test" });
    const chosen = options.filter(({ text }) => !text.endsWith("(c)"));

    await stage.slack.submit({ as: "ada", viewId: view.id, values: { jobs: chosen.map(({ value }) => value) } });

    const sha = await stage.head(pull);
    const ends = await Promise.all(
      ["a", "b"].map((name) => stage.ended(`retry-job "CI / test (${name})" ${repository}#${pull} sha=${sha}`)),
    );
    // GitHub runs one job of a run at a time again, so the second waits for its turn.
    expect(ends.map(({ outcome }) => outcome)).toEqual(["done", "queued"]);
  });

  it("says whose failure it is and how often the job fails on main, wherever somebody is about to run it again", async () => {
    const pull = await stage.openPull(twoRed);
    const ask = async (path: string) => {
      const headers = { authorization: `token ${stage.github.people.ada.token}` };
      return (await fetch(`${stage.github.url}/repos/${repository}${path}`, { headers })).json();
    };
    const { head } = (await ask(`/pulls/${pull}`)) as { head: { sha: string } };
    const { workflow_runs: runs } = (await ask(`/actions/runs?head_sha=${head.sha}`)) as { workflow_runs: { id: number }[] };
    const tests = { failedTests: ["timers::fires"], moreFailedTests: 0 };
    const job = { jobId: 1, name: "test (b)", url: "https://x.test/1", ...tests, onMain: { failed: 4, of: 20 } };
    const reasons = {
      verdict: "flaky",
      evidence: [{ text: "The same error came and went on main at ab12cd3", url: "https://x.test/2" }],
    } as const;
    const diagnosis = { repository, runId: runs[0]?.id ?? 0, attempt: 1, headSha: head.sha, ...reasons, jobs: [job], moreJobs: 0, at: 1 };
    await stage.state.records.transaction((tx) => tx.diagnoses.put(diagnosis, `pull:${pull}`));

    const view = await open(pull);
    const status = await stage.told(new RegExp(`#${pull}: .*red`), "ci");
    await stage.slack.submit({ as: "ada", viewId: view.id, values: {} });
    const retried = await stage.told(new RegExp(`Retrying .* on #${pull} `), "ci");

    expect(status).toMatch(/Looks flaky.*came and went on main at ab12cd3.*Failed test: timers::fires/s);
    expect(wordsIn(view.blocks)).toMatch(/Looks flaky.*test \(b\) failed in 4 of the last 20 runs on main\./s);
    expect(retried).toContain("test (b) failed in 4 of the last 20 runs on main.");
  });

  it("says what is wrong with a choice beside the field, and does nothing", async () => {
    const pull = await stage.openPull(twoRed);
    const before = stage.github.calls().length;
    const view = await open(pull);
    const [all, first] = await stage.slack.suggest({ as: "ada", viewId: view.id, actionId: "jobs", query: "" });

    const { errors } = await stage.slack.submit({ as: "ada", viewId: view.id, values: { jobs: [all?.value ?? "", first?.value ?? ""] } });

    expect(errors).toEqual({ jobs: "Choose all that failed, or some of them, not both." });
    expect(stage.slack.view("ada")?.id).toBe(view.id);
    expect(stage.changes(before)).toEqual([]);
    await stage.slack.closeView({ as: "ada", viewId: view.id });
  });

  it("says that GitHub is away instead of a list", async () => {
    const pull = await stage.openPull(twoRed);
    const id = await sayWithPull(`Look at ${repository}#${pull}`);
    stage.github.fail(/PullRequestPipeline/, { status: 502 }, 3);

    await stage.slack.shortcut({ as: "ada", callbackId: "retry_what_failed", kind: "message", messageId: id });

    const view = await modal("ada", "GitHub has trouble answering.");
    expect(view.submit).toBeUndefined();
    await stage.slack.closeView({ as: "ada", viewId: view.id });
  });

  it("says who may not, and lists nothing", async () => {
    const pull = await stage.openPull(twoRed);
    const id = await sayWithPull(`Look at ${repository}#${pull}`);

    await stage.slack.shortcut({ as: "ravi", callbackId: "retry_what_failed", kind: "message", messageId: id });

    const view = await modal("ravi", `"retry-job" needs the role write on ${repository}; you hold read.`);
    expect(view.submit).toBeUndefined();
  });

  it("is told apart from nothing red", async () => {
    const pull = await stage.openPull({ build: "success" });
    const id = await sayWithPull(`${repository}#${pull} is fine`);

    await stage.slack.shortcut({ as: "grace", callbackId: "retry_what_failed", kind: "message", messageId: id });

    await modal("grace", `No job of GitHub Actions is red on #${pull}`);
  });

  it("may be closed before it is filled", async () => {
    const pull = await stage.openPull(twoRed);
    const id = await sayWithPull(`${repository}#${pull}`);
    const release = stage.slack.fail(/views\.update/, { error: "not_found", times: 1 });

    await stage.slack.shortcut({ as: "grace", callbackId: "retry_what_failed", kind: "message", messageId: id });

    await eventually(() => stage.slack.calls().some(({ method, error }) => method === "views.update" && error === "not_found"));
    release();
    expect(stage.world.log()).not.toContain("a job was given up");
  });
});

describe("a dialog that Slack does not open", () => {
  const refused = () => stage.slack.fail(/views\.open/, { error: "expired_trigger_id", times: 1 });
  const said = (channel: "ci" | "dm") =>
    eventually(() => stage.slack.transcript(channel, "grace").find(({ text }) => text.startsWith("The dialog could not be opened")));

  it("is no silence for who chose a shortcut of a message", async () => {
    const id = await sayWithPull(`${repository}#1`);
    refused();

    await stage.slack.shortcut({ as: "grace", callbackId: "retry_what_failed", kind: "message", messageId: id });

    expect((await said("ci")).visibleTo).toBe(stage.slack.people.grace.id);
  });

  it("is no silence for who chose a shortcut of the workspace", async () => {
    refused();

    await stage.slack.shortcut({ as: "grace", callbackId: "ci_failed_jobs", kind: "global" });

    await said("dm");
  });
});

describe("a shortcut", () => {
  it("shows the status of the pull request in a message, to whoever chose it alone", async () => {
    const pull = await stage.openPull(twoRed);
    const id = await sayWithPull(`Why is <https://github.com/${repository}/pull/${pull}|this> red?`);

    await stage.slack.shortcut({ as: "uma", callbackId: "ci_status_of_this", kind: "message", messageId: id });

    const answer = await eventually(() =>
      stage.slack.transcript("ci", "uma").find(({ visibleTo, text }) => visibleTo !== undefined && text.includes(`#${pull}:`)),
    );
    expect(answer.visibleTo).toBe(stage.slack.people.uma.id);
  });

  it("shows each of several pull requests in a message", async () => {
    const pulls = [await stage.openPull({ build: "success" }), await stage.openPull({ build: "success" })];
    const id = await sayWithPull(pulls.map((pull) => `${repository}#${pull}`).join(" and "));

    await stage.slack.shortcut({ as: "uma", callbackId: "ci_status_of_this", kind: "message", messageId: id });

    await eventually(() =>
      stage.slack
        .transcript("ci", "uma")
        .some(({ blocks }) => pulls.every((pull) => wordsIn(blocks).includes(`#${pull}: its one job is green`))),
    );
  });

  it("says that a message names no pull request", async () => {
    const id = await sayWithPull("Good morning");

    await stage.slack.shortcut({ as: "uma", callbackId: "ci_status_of_this", kind: "message", messageId: id });
    await stage.slack.shortcut({ as: "uma", callbackId: "retry_what_failed", kind: "message", messageId: id });

    const notes = await eventually(() => {
      const found = stage.slack.transcript("ci", "uma").filter(({ text }) => text.startsWith("I find no pull request in this message"));
      return found.length === 2 && found;
    });
    expect(notes.map(({ visibleTo }) => visibleTo)).toEqual([stage.slack.people.uma.id, stage.slack.people.uma.id]);
  });

  it("without a message offers the person's own pull requests, and never guesses one", async () => {
    const pull = await stage.openPull(twoRed);
    await stage.slack.shortcut({ as: "ada", callbackId: "ci_failed_jobs", kind: "global" });
    const choice = await modal("ada", "Which pull request?");
    const menu = choice.actions[0];

    await stage.slack.clickInView({ as: "ada", viewId: choice.id, actionId: menu?.actionId ?? "", value: `${repository}#${pull}` });
    const view = await modal("ada", `2 jobs are red on #${pull}`);
    await stage.slack.submit({ as: "ada", viewId: view.id, values: {} });

    const option = menu?.options?.find(({ value }) => value === `${repository}#${pull}`);
    expect(option?.text.text).toMatch(new RegExp(`^red · ${repository}#${pull} · Row \\d+$`));
    // It was opened nowhere, so the answer comes in private.
    await eventually(() => stage.slack.transcript("dm", "ada").some(({ text }) => text.includes(`#${pull} `)));
  });

  it("without a message asks somebody unlinked to be linked first", async () => {
    await stage.slack.shortcut({ as: "uma", callbackId: "ci_failed_jobs", kind: "global" });

    await modal("uma", "you are not linked to a GitHub account");
  });
});

describe("a channel that the bot is not in", () => {
  it("is told what was done all the same, with the invitation to paste", async () => {
    const pull = await stage.openPull(twoRed);
    const release = stage.slack.fail(/chat\.postMessage/, { error: "not_in_channel", times: 1 });

    await stage.slack.slash({ as: "ada", channel: "ci", text: `retry-job --failed #${pull}` });

    const words = await stage.told(new RegExp(`Retrying .* on #${pull} `), "ci");
    expect(words).toContain("I am not in this channel, so I cannot go on telling here how it ends. Invite me: /invite @nextrust");
    release();
  });
});

describe("two people who click at the same moment", () => {
  it("make one re-run, and both are told", async () => {
    const pull = await stage.openPull(twoRed);
    const before = stage.github.calls().length;
    const id = async (as: Who) => {
      await stage.slack.slash({ as, channel: "ci", text: `status #${pull}` });
      return eventually(() =>
        stage.slack.transcript("ci", as).findLast(({ text, visibleTo }) => visibleTo !== undefined && text.includes(`#${pull}:`)),
      );
    };
    const [one, other] = [await id("ada"), await id("grace")];
    const retry = one.actions.find(({ label }) => label === "Retry failed jobs")?.actionId ?? "";

    await Promise.all([
      stage.slack.click({ as: "ada", messageId: one.id, actionId: retry }),
      stage.slack.click({ as: "grace", messageId: other.id, actionId: retry }),
    ]);

    const answers = await eventually(() => {
      const told = stage.slack
        .transcript("ci")
        .filter(({ blocks }) => wordsIn(blocks).includes(`#${pull} @`) && /Retrying|joined/.test(wordsIn(blocks)));
      return told.length === 2 && told;
    });
    expect(answers.map(({ text }) => text.split(" · ").at(-1)).toSorted()).toEqual(["ada", "grace"]);
    expect(answers.filter(({ blocks }) => wordsIn(blocks).includes("I joined in"))).toHaveLength(1);
    expect(stage.changes(before)).toEqual([failedJobs]);
  });
});
