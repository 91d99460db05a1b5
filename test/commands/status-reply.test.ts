import { describe, expect, it } from "vitest";
import { describePipeline } from "../../src/commands/status-reply.ts";
import type { Job, JobState, Pipeline } from "../../src/pipeline/pipelines.ts";

const aJob = (state: JobState, changes: Partial<Job> = {}): Job => ({ name: `${state}-job`, state, isRequired: false, ...changes });

function aPipeline(jobs: readonly Job[], changes: Partial<Pipeline> = {}): Pipeline {
  const counts = Object.fromEntries(
    Map.groupBy(jobs, ({ state }) => state)
      .entries()
      .map(([state, group]) => [state, group.length]),
  );
  const subject = {
    kind: "pull_request",
    number: 2,
    title: "Trap FPU",
    url: "https://x.test/2",
    state: "open",
    author: "ada",
    branch: "fpu",
    isFork: false,
  } as const;
  return { repository: "o/r", headSha: "ab12cd3".padEnd(40, "0"), headUrl: "https://x.test/c", subject, counts, jobs, ...changes };
}

const ref = { kind: "ref", name: "main" } as const;
const textOf = (pipeline: Pipeline) => describePipeline(pipeline).parts.find((part) => part.kind === "text")?.text;
const factsOf = (pipeline: Pipeline) =>
  Object.fromEntries(
    describePipeline(pipeline).parts.flatMap((part) => (part.kind === "facts" ? part.facts.map(({ label, value }) => [label, value]) : [])),
  );

describe("the headline of a pipeline", () => {
  it.each([
    [[], "#2: no checks yet · Trap FPU"],
    [[aJob("passed")], "#2: its one job is green · Trap FPU"],
    [[aJob("passed"), aJob("passed"), aJob("skipped")], "#2: green, with 2 passed, 1 skipped · Trap FPU"],
    [[aJob("passed"), aJob("queued"), aJob("running"), aJob("waiting")], "#2: 3 of 4 jobs still to finish · Trap FPU"],
    [[aJob("failed"), aJob("running")], "#2: failed-job failed · Trap FPU"],
    [[aJob("cancelled"), aJob("passed")], "#2: cancelled-job was cancelled · Trap FPU"],
    [[aJob("stale"), aJob("passed")], "#2: stale-job went stale · Trap FPU"],
    [[aJob("failed"), aJob("stale"), aJob("passed")], "#2: 2 of 3 jobs are red · Trap FPU"],
  ])("of %j says what matters", (jobs, words) => {
    expect(textOf(aPipeline(jobs))).toBe(words);
  });

  it("names a branch with its repository, and a pull request that ended", () => {
    expect(textOf(aPipeline([aJob("failed")], { subject: ref }))).toBe("main: failed-job failed · o/r");
    expect(textOf(aPipeline([], { subject: { ...aPipeline([]).subject, state: "merged" } as Pipeline["subject"] }))).toBe(
      "#2: no checks yet · Trap FPU (merged)",
    );
  });

  it("counts what it does not list", () => {
    expect(textOf(aPipeline([aJob("passed")], { counts: { passed: 200, failed: 1 } }))).toBe("#2: 1 of 201 jobs is red · Trap FPU");
  });
});

describe("the required jobs", () => {
  it("are counted for a pull request", () => {
    const jobs = [aJob("passed", { isRequired: true }), aJob("failed", { isRequired: true }), aJob("failed")];

    expect(factsOf(aPipeline(jobs)).Required).toBe("1 of 2 passed");
    expect(factsOf(aPipeline([aJob("passed")])).Required).toBe("none");
    expect(factsOf(aPipeline(jobs, { counts: { passed: 300 } })).Required).toBe("1 of 2 passed among the first 3 jobs");
  });

  it("are not spoken of where GitHub does not tell", () => {
    expect(factsOf(aPipeline([aJob("passed")], { subject: ref }))).not.toHaveProperty("Required");
  });
});

describe("the list of jobs", () => {
  it("has what is not simply fine, the worst first, and says how many more there are", () => {
    const jobs = [
      ...Array.from({ length: 13 }, (_, index) => aJob("queued", { name: `q${index}` })),
      aJob("passed"),
      aJob("failed"),
      aJob("failed", { name: "z", isRequired: true }),
    ];
    const table = describePipeline(aPipeline(jobs)).parts.find((part) => part.kind === "table");

    expect(table?.rows.slice(0, 3).map(({ cells }) => cells)).toEqual([
      ["failed, required", "z"],
      ["failed", "failed-job"],
      ["queued", "q0"],
    ]);
    expect(table?.rows).toHaveLength(12);
    expect(table?.more).toBe("and 3 more");
  });
});
