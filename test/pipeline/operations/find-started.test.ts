import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findStarted } from "../../../src/pipeline/operations/find-started.ts";
import type { Operation } from "../../../src/pipeline/operations/operations.ts";
import type { WorkflowRun } from "../../../src/pipeline/runs.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";

const askedAt = 1_764_000_000_000;

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const aRun = (id: number, title = "Nightly"): WorkflowRun => ({
  id,
  title,
  workflow: { id: 3, name: "Nightly" },
  event: "workflow_dispatch",
  headSha: "ab12cd3",
  attempt: 1,
  createdAt: askedAt,
  url: `https://x.test/${id}`,
  state: "queued",
  isOver: false,
  needsApproval: false,
});

function started(correlation?: string): Operation {
  const { runId: _, ...operation } = anOperation({ kind: "dispatch", stage: "asked", askedAt });
  const dispatch = { workflowId: 3, inputs: {}, ...(correlation !== undefined && { correlation }) };
  return { ...operation, wish: { ...operation.wish, headSha: "", ref: "main", dispatch } };
}

/** GitHub, which shows these runs at the first look, those at the second, and so on. */
async function find(operation: Operation, ...looks: readonly WorkflowRun[][]) {
  const waits: number[] = [];
  let look = 0;
  const never = async () => {
    throw new Error("not asked for");
  };
  const workflows = {
    list: never,
    inputs: never,
    dispatch: never,
    startedSince: async () => looks[Math.min(look++, looks.length - 1)] ?? [],
  };
  const found = await findStarted(operation, { records: state.records, workflows, now: () => askedAt, wait: async (ms) => waits.push(ms) });
  return { runId: found.runId, stage: found.stage, waits };
}

describe("the run that was started", () => {
  it.each([
    ["carries what was given along", started("ci-12ab"), [[aRun(1), aRun(2, "Nightly ci-12ab")]], 2],
    ["is not another's, where something was given along", started("ci-12ab"), [[aRun(1)]], undefined],
    ["is the only one", started(), [[aRun(1)]], 1],
    ["cannot be told from another", started(), [[aRun(1), aRun(2)]], undefined],
    ["shows up at the third look", started(), [[], [], [aRun(1)]], 1],
    ["never shows up", started(), [[]], undefined],
  ] as const)("%s", async (_, operation, looks, runId) => {
    const found = await find(operation, ...looks.map((runs) => [...runs]));

    expect(found).toMatchObject({ runId, stage: runId === undefined ? "asked" : "running" });
    expect(found.waits).toEqual([1_000, 2_000, 4_000].slice(0, runId === undefined ? 3 : looks.length - 1));
  });

  it.each(["running", "ended"] as const)("is not the one of an operation that is %s", async (stage) => {
    await state.records.transaction(({ operations }) => operations.put(anOperation({ stage, runId: 1 })));

    expect(await find(started(), [aRun(1), aRun(2)])).toMatchObject({ runId: 2 });
  });
});
