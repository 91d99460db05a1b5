import { describe, expect, it } from "vitest";
import { fromSubmission } from "../../../../src/bot/slack/failed-jobs/submission.ts";
import { keepJobs, suggest } from "../../../../src/bot/slack/failed-jobs/suggestions.ts";
import { jobOf, jobsView, loadingView, placesView, toJobOption, wordsView } from "../../../../src/bot/slack/failed-jobs/view.ts";
import { homeView, wordsHome } from "../../../../src/bot/slack/home/view.ts";
import { commands } from "../../../../src/commands/index.ts";
import { fullName, matchByName } from "../../../../src/pipeline/match-by-name.ts";
import type { Job, Pipeline } from "../../../../src/pipeline/pipelines.ts";
import type { OpenPullRequest } from "../../../../src/pipeline/pull-requests.ts";
import { text } from "../../../../src/reply.ts";
import { viewComplaints } from "../../../../src/sandbox/slack/block-kit/view.ts";
import { anIncident } from "../../../commands/incidents/an-incident.ts";

const long = "x".repeat(400);
const job = (name: string): Job => ({ name, state: "failed", isRequired: false, actions: { jobId: 1, runId: 1, workflow: "CI" } });
const head: Pipeline = {
  repository: "acme/shop",
  headSha: "ab12cd3".padEnd(40, "0"),
  headUrl: "https://github.test/c",
  subject: {
    kind: "pull_request",
    number: 7,
    title: long,
    url: "https://x.test",
    state: "open",
    author: "ada",
    branch: "b",
    isFork: false,
  },
  counts: { failed: 2 },
  jobs: [],
};
const about = { channel: "C1", places: ["acme/shop#7"] };
const pull = (number: number): OpenPullRequest => ({
  repository: "acme/shop",
  number,
  title: long,
  url: "https://x.test/1",
  headSha: head.headSha,
  counts: { failed: 1 },
});

describe("every view", () => {
  it.each([
    ["loading", loadingView(about)],
    ["words", wordsView(about, [text(long, "bad")])],
    ["jobs", jobsView(about, head, [job("a"), job(long)], [text(long)])],
    [
      "places",
      placesView(
        about,
        Array.from({ length: 10 }, (_, at) => ({ label: `${at} ${long}`, place: `acme/shop#${at + 1}` })),
      ),
    ],
    [
      "home",
      homeView(
        {
          prefix: "ci",
          howToLink: "Link it with /ci link first.",
          canLink: true,
          account: { id: 1, login: "ada" },
          roles: Array.from({ length: 10 }, (_, at) => ({ repository: `acme/r${at}`, role: "admin" })),
          unknown: 2,
          left: 30,
          pulls: Array.from({ length: 10 }, (_, at) => pull(at + 1)),
          incidents: Array.from({ length: 5 }, () => anIncident()),
        },
        () => commands,
        { channel: "D1", at: 0 },
      ),
    ],
    [
      "home of nobody",
      homeView(
        {
          prefix: "ci",
          howToLink: "Link it with /ci link first.",
          canLink: true,
          roles: [],
          unknown: 0,
          left: 0,
          pulls: [],
          incidents: [],
        },
        () => commands,
        {
          channel: "D1",
          at: 0,
        },
      ),
    ],
    ["home of words", wordsHome([text(long, "bad")], { channel: "D1", at: 0 })],
  ])("keeps Slack's limits: %s", (_, view) => {
    expect(viewComplaints(view)).toEqual([]);
  });
});

describe("a job that was chosen", () => {
  it.each(["test", "test (ubuntu, 3.12)", "all", "job:x", 'say "hi"', `${"y".repeat(200)} tail`])(
    "is found again by its option: %s",
    (name) => {
      const jobs = [job(name), job("another")];

      const chosen = jobOf(toJobOption(job(name)).value ?? "");

      expect(chosen).toBeDefined();
      expect(matchByName("job", jobs, chosen ?? "", "here").name).toBe(name);
    },
  );
});

describe("the suggestions", () => {
  const kept = new Map<string, unknown>();
  const keys = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: unknown) => void kept.set(key, value),
  } as never;
  const ask = (value: string, id = "V1") => suggest(keys, { view: { id }, value });

  it("are at most 100, filtered by what was typed, and none for a dialog that was never filled", async () => {
    await keepJobs(
      keys,
      "V1",
      Array.from({ length: 250 }, (_, at) => job(`test-${at}`)),
    );

    expect(await ask("")).toHaveLength(100);
    expect((await ask("TEST-24")).map(({ text: { text: label } }) => label)).toEqual(
      [24, ...Array.from({ length: 10 }, (_, at) => 240 + at)].map((at) => fullName(job(`test-${at}`))),
    );
    expect(await ask("", "V2")).toEqual([]);
  });
});

describe("a submission", () => {
  const submitted = (values: readonly string[], debug = false) =>
    fromSubmission(
      {
        team: { id: "T1" },
        user: { id: "U1", username: "ada" },
        view: {
          id: "V1",
          private_metadata: JSON.stringify({ channel: "C1", places: ["acme/shop#7"], sha: "ab12cd3", failed: 2 }),
          state: {
            values: {
              jobs: { jobs: { selected_options: values.map((value) => ({ value })) } },
              debug: { debug: { selected_options: debug ? [{ value: "debug" }] : [] } },
            },
          },
        },
      },
      0,
    );

  it.each([
    [["all"], false, ["retry-job --failed acme/shop#7 sha=ab12cd3"]],
    [["job:CI / a", "job:CI / b"], true, ["retry-job --failed --debug acme/shop#7 sha=ab12cd3"]],
    [["job:CI / a"], false, ['retry-job "CI / a" acme/shop#7 sha=ab12cd3']],
    // A line of its own in a hostile name begins no command of its own.
    [["job:x\nfreeze"], false, ['retry-job "x\nfreeze" acme/shop#7 sha=ab12cd3']],
  ])("of %j, debug %s, says what somebody would have typed", (values, debug, chosen) => {
    expect(submitted(values, debug)).toMatchObject({ chosen, channel: "C1", source: "slack:view:V1", isClick: true });
  });

  it("of all and one is sent back", () => {
    expect(submitted(["all", "job:CI / a"])).toEqual({ errors: { jobs: "Choose all that failed, or some of them, not both." } });
  });
});
