import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./stage.ts";
import { holds, type Row } from "./table.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const main = `${repository}@main`;
const dispatch = /POST .*\/dispatches$/;
const started = { outcome: "done", reason: "dispatch_running", changes: ["POST workflows/dispatches"] } as const;
const invalid = { outcome: "invalid", changes: [] } as const;

const table: readonly Row[] = [
  {
    ...started,
    state: "it is named by the beginning of its name",
    ask: `run night ${main}`,
    says: /Started Nightly on main @[0-9a-f]{7}\./,
    calls: 5,
  },
  { ...started, state: "it is named by its file", ask: `run release.yml version=1.2 ${main}`, says: "Started Release on main", calls: 4 },
  {
    ...started,
    state: "every input is given",
    ask: `run Release version="1.2 rc" channel=beta dry-run=false cpus=2 ${main}`,
    says: "Started Release on main",
  },
  { ...started, state: "a pull request is named", ask: "run nightly #", says: /Started Nightly on row-\d+ @[0-9a-f]{7}\./ },
  { ...started, state: "no branch is named", ask: `run nightly ${repository}@`, says: "Started Nightly on main" },
  {
    ...invalid,
    state: "two names match",
    ask: `run i ${main}`,
    reason: "ambiguous_workflow",
    says: ["2 workflows in nextrust/nextrust match “i”. Nothing was done.", "Nightly"],
  },
  {
    ...invalid,
    state: "no name matches",
    ask: `run deploy ${main}`,
    reason: "unknown_workflow",
    says: ["No workflow in nextrust/nextrust is called “deploy”. There are:", "Release"],
  },
  {
    ...invalid,
    state: "no workflow is named",
    ask: `run ${main}`,
    reason: "missing_argument",
    says: "What is missing here: the workflow's name or file.",
  },
  {
    ...invalid,
    state: "an input is missing",
    ask: `run release ${main}`,
    reason: "missing_input",
    says: "Release needs version: add version=…",
  },
  {
    ...invalid,
    state: "an input is unknown",
    ask: `run release version=1 speed=9 ${main}`,
    reason: "unknown_input",
    says: "There is no input “speed”. Release takes version, channel, dry-run, cpus.",
  },
  {
    ...invalid,
    state: "it takes no inputs",
    ask: `run nightly speed=9 ${main}`,
    reason: "unknown_input",
    says: "Nightly takes no inputs.",
  },
  {
    ...invalid,
    state: "a choice is none",
    ask: `run release version=1 channel=gold ${main}`,
    reason: "bad_input",
    says: "channel may be nightly, beta or stable, not “gold”.",
  },
  {
    ...invalid,
    state: "a boolean is none",
    ask: `run release version=1 dry-run=yes ${main}`,
    reason: "bad_input",
    says: "dry-run may be true or false, not “yes”.",
  },
  {
    ...invalid,
    state: "a number is none",
    ask: `run release version=1 cpus=two ${main}`,
    reason: "bad_input",
    says: "cpus is a number, not “two”.",
  },
  {
    state: "it has no trigger for it",
    ask: `run CI ${main}`,
    outcome: "not_applicable",
    reason: "not_dispatchable",
    says: "CI cannot be started by hand on main: its file has no workflow_dispatch trigger there, or there is no such branch.",
  },
  {
    state: "there is no such branch",
    ask: `run nightly ${repository}@nope`,
    outcome: "not_applicable",
    reason: "not_dispatchable",
    says: "on nope: its file has no workflow_dispatch trigger there, or there is no such branch.",
  },
  {
    ...started,
    state: "GitHub finds the inputs wrong",
    ask: `run nightly ${main}`,
    fault: [dispatch, { status: 422, body: { message: "Required input 'token' not provided" } }],
    outcome: "invalid",
    reason: "invalid",
    says: "GitHub does not start Nightly: “Required input 'token' not provided”. Correct that and ask again.",
  },
  {
    ...started,
    state: "the App may not",
    ask: `run nightly ${main}`,
    fault: [dispatch, { status: 403, body: { message: "Resource not accessible by integration" } }],
    outcome: "refused",
    reason: "not_permitted",
    says: "it needs the permission Actions: write.",
  },
  {
    ...started,
    state: "GitHub limits us",
    ask: `run nightly ${main}`,
    fault: [dispatch, { status: 429, headers: { "retry-after": "120" } }],
    outcome: "failed",
    reason: "service_failed",
    says: "GitHub limits our requests for now. Nothing was done. Try again in 2 minutes.",
  },
  {
    state: "whoever asks may only read",
    as: "ravi",
    ask: `run nightly ${main}`,
    outcome: "refused",
    reason: "role_too_low",
    says: '"run" needs the role write',
  },
];

describe("/ci run when", () => {
  it.each(table)("$state: $ask", (row) => holds(stage, row));

  it("the answer is lost but the run begins: finds it, and follows it to its end", async () => {
    const pull = await stage.openPull();
    stage.github.fail(dispatch, "drop-after");
    const before = stage.github.calls().length;

    const { outcome, shown } = await stage.aside("ada", `run nightly ${repository}#${pull}`);
    expect({ outcome, shown }).toEqual({ outcome: "done", shown: expect.stringMatching(/Started Nightly on row-\d+ @[0-9a-f]{7}\./) });
    stage.github.setOutcome("benchmark", "failure");
    await stage.github.finishRuns(pull);

    expect(await stage.told(/Nightly failed on row-\d+ @[0-9a-f]{7}\./)).toMatch(/failed\n · \nbenchmark/);
    expect(stage.changes(before)).toEqual(["POST workflows/dispatches"]);
  });

  it("GitHub gives no clear answer and no run is found: says what it knows, and never asks twice", async () => {
    const pulls = [await stage.openPull(), await stage.openPull()];
    stage.github.fail(dispatch, { status: 502 });
    stage.github.fail(dispatch, { status: 204, body: {} });
    const before = stage.github.calls().length;

    const told = await Promise.all(
      pulls.map(async (pull) => {
        await stage.slack.slash({ as: "ada", channel: "random", text: `run nightly ${repository}#${pull}` });
        return stage.ended(`run nightly ${repository}#${pull}`);
      }),
    );

    expect(told.map(({ outcome, reason }) => `${outcome}: ${reason}`).sort()).toEqual([
      "done: dispatch_running",
      "uncertain: dispatch_asked",
    ]);
    await stage.told(/GitHub did not say whether it started Nightly on row-\d+\. I do not ask twice: look at its runs before you do\./);
    await stage.told(/Started Nightly on row-\d+\. GitHub did not say which run it is; I am looking for it\./);

    await stage.amendLost({ askedAt: Date.now() - 10 * 60_000 - 1 });
    await stage.sweep();
    await stage.told("GitHub never said whether it started Nightly, but I do not find its run. Look at its runs before you ask again.");
    await stage.told("GitHub agreed to start Nightly, but I do not find its run. Look at its runs before you ask again.");
    expect(stage.changes(before)).toEqual(["POST workflows/dispatches", "POST workflows/dispatches"]);
  });
});
