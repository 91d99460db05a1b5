import { describe, expect, it } from "vitest";
import { matchByName } from "../../src/pipeline/match-by-name.ts";
import { refusalOf } from "../commands/grammar/refusal.ts";

const job = (name: string, workflow = "CI") => ({ name, actions: { workflow } });
const jobs = [
  job("test"),
  job("test-rust (a)"),
  job("test-rust (b)"),
  job("Lint"),
  job("lint docs"),
  job("build"),
  job("build", "Release"),
];
const match = (typed: string, all: readonly ReturnType<typeof job>[] = jobs) => matchByName("job", all, typed, "on #1");

describe("a name that was typed", () => {
  it.each([
    ["test", "CI / test", "exactly, although others begin so"],
    ["TEST", "CI / test", "in any case"],
    ["Lint", "CI / Lint", "exactly"],
    ["test-rust (b)", "CI / test-rust (b)", "exactly"],
    ["(b)", "CI / test-rust (b)", "as the only one that holds it"],
    ["lint d", "CI / lint docs", "as the only one that begins so"],
    ["Release / build", "Release / build", "with its workflow"],
    ["release", "Release / build", "by its workflow, where that has one job"],
  ])("%s means %s: %s", (typed, full) => {
    const { name, actions } = match(typed);

    expect(`${actions.workflow} / ${name}`).toBe(full);
  });

  it.each([
    ["build", "ambiguous_job", "2 jobs on #1 match “build”. Nothing was done. Name one of them:"],
    ["test-rust", "ambiguous_job", "2 jobs on #1 match “test-rust”."],
    ["tset", "unknown_job", "No job on #1 is called “tset”. Did you mean “CI / test”? There are:"],
    ["test-rsut", "unknown_job", "or “CI / test-rust (a)” or “CI / test-rust (b)”?"],
    ["deploy", "unknown_job", "No job on #1 is called “deploy”. There are:"],
    ["__proto__", "unknown_job", "No job on #1 is called “__proto__”."],
  ])("%s is refused as %s", (typed, reason, message) => {
    expect(refusalOf(() => match(typed))).toMatchObject({ reason, message: expect.stringContaining(message) });
  });

  it.each([
    [["passed", "failed"], 1],
    [["failed", "passed"], 0],
    [["running", "cancelled"], 1],
    [["passed", "running"], 1],
  ] as const)("that a push and a pull request both have means the red one, else the newest: %j", (states, index) => {
    const twice = states.map((state) => ({ ...job("test"), state }));

    for (const typed of ["test", "CI / test", "te"]) expect(matchByName("job", twice, typed, "on #1")).toBe(twice[index]);
  });

  it("is refused where there are no jobs at all", () => {
    expect(refusalOf(() => match("test", []))).toMatchObject({ reason: "no_jobs", message: "There are no jobs on #1 yet." });
  });
});
