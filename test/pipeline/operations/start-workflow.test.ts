import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { describe as toReply } from "../../../src/pipeline/operations/describe.ts";
import { settleLost } from "../../../src/pipeline/operations/find-started.ts";
import { startWorkflow } from "../../../src/pipeline/operations/start-workflow.ts";
import type { WorkflowRun } from "../../../src/pipeline/runs.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aRunOnGitHub, away, unanswered } from "./a-run.ts";

let now: number;
let state: EmbeddedState;
beforeEach(async () => {
  now = 1_764_000_000_000;
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const { intent, place, repository, asker } = anOperation();
const plan = async () => ({
  workflow: { id: 3, name: "Nightly", path: "nightly.yml", url: "https://x.test/w" },
  branch: "main",
  declared: [],
  inputs: {},
});
const never = async () => {
  throw new Error("not asked for");
};

/** GitHub that answers a start so, and a look for what was started so. */
function gitHub({ starts = {}, finds = [] }: { starts?: { runId?: number } | Error; finds?: readonly WorkflowRun[] | Error }) {
  const dispatched: string[] = [];
  const orThrow = <T>(answer: T | Error): T => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const workflows = {
    list: never,
    inputs: never,
    async dispatch(_: string, id: number) {
      dispatched.push(String(id));
      return orThrow(starts);
    },
    startedSince: async () => orThrow(finds),
  };
  const { runs } = aRunOnGitHub().services;
  return { dispatched, needs: { workflows, runs, records: state.records, now: () => now, wait: async () => {} } };
}

type GitHub = ReturnType<typeof gitHub>;
const start = async ({ needs }: GitHub, planned = plan) =>
  toReply([await startWorkflow({ intent, place, repository, asker }, planned, needs)]);

describe("starting a workflow", () => {
  it("is not done again after its run was never found", async () => {
    const github = gitHub({ starts: unanswered });
    await start(github);
    now += 10 * 60_000;
    const [lost] = await state.records.transaction(({ operations }) => operations.withoutRun());
    if (lost) await settleLost(lost, github.needs);

    const again = await start(github);

    expect(again).toMatchObject({ outcome: "uncertain", reason: "run_not_found" });
    expect(github.dispatched).toHaveLength(1);
  });

  it("is done once when GitHub took it without saying as what, and cannot be looked at then", async () => {
    const github = gitHub({ starts: {}, finds: away });

    expect(await start(github)).toMatchObject({ outcome: "done", reason: "dispatch_running" });
    expect(await start(github)).toMatchObject({ outcome: "done", reason: "dispatch_running" });
    expect(github.dispatched).toHaveLength(1);
  });

  it("may be done again when it surely was not", async () => {
    expect(await start(gitHub({ starts: away }))).toMatchObject({ outcome: "failed" });

    expect(await start(gitHub({ starts: { runId: 7 } }))).toMatchObject({ outcome: "done", reason: "dispatch_running" });
  });

  it("is done once by two workers that had both planned it before either stored it", async () => {
    const github = gitHub({ starts: { runId: 7 } });
    const both = Promise.withResolvers<void>();
    let planning = 0;
    const together = async () => {
      if (++planning === 2) both.resolve();
      await both.promise;
      return plan();
    };

    await Promise.all([start(github, together), start(github, together)]);

    expect(planning).toBe(2);
    expect(github.dispatched).toHaveLength(1);
  });

  it("ends with that sentence when the App was taken off the repository before its run was found", async () => {
    await start(gitHub({ starts: unanswered }));
    const [lost] = await state.records.transaction(({ operations }) => operations.withoutRun());
    const message = "The GitHub App is not installed on acme/shop, or there is no such repository.";

    if (lost) await settleLost(lost, gitHub({ finds: new UserError("not_applicable", "not_installed", message) }).needs);

    const [end] = await state.records.transaction(({ audit }) => audit.latest(1));
    expect(end).toMatchObject({ command: "run", outcome: "not_applicable", reason: "not_installed" });
    expect(JSON.stringify(end?.reply.parts)).toContain(message);
  });

  it("is uncertain after a crash while GitHub is away, and never said to be undone", async () => {
    await start(gitHub({ starts: unanswered, finds: away }));

    const reply = await start(gitHub({ finds: away }));

    expect(reply).toMatchObject({ outcome: "uncertain", reason: "dispatch_asked" });
    expect(JSON.stringify(reply.parts)).not.toContain("Nothing was done");
  });
});
