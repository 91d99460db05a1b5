import { describe, expect, it } from "vitest";
import type { FailureFacts, JobFacts, PastResult } from "../../../src/pipeline/failures/facts.ts";
import { verdictOf } from "../../../src/pipeline/failures/verdict.ts";

const now = 1_764_000_000_000;
const boot = "--- FAIL: TestBoot";
const past = (sha: string, conclusion: PastResult["conclusion"], changes: Partial<PastResult> = {}): PastResult => ({
  job: "test",
  headSha: sha,
  conclusion,
  runId: 1,
  jobId: 1,
  url: `https://x.test/${sha}`,
  endedAt: now,
  ...changes,
});
const good = (...shas: readonly string[]) => shas.map((sha) => past(sha, "passed"));
const bad = (sha: string, signature: string | undefined = boot) => past(sha, "failed", signature === undefined ? {} : { signature });
const unexplained = (sha: string) => past(sha, "failed");

/** One that fails in a pull request and nowhere else. */
const aJob = (changes: Partial<JobFacts> = {}): JobFacts => ({
  name: "test",
  firstError: boot,
  signature: boot,
  failedTests: ["TestBoot"],
  moreFailedTests: 0,
  onMain: good("m4", "m3", "m2", "m1"),
  atMergeBase: good("m2"),
  elsewhere: [],
  hasFailedSo: false,
  ...changes,
});
const judge = (jobs: readonly JobFacts[], of: FailureFacts["of"] = "pull_request") => verdictOf({ jobs, of, branch: "main", now });
const known = (category: string) => ({ id: "sigill", category, description: "The host lacks it", line: "", references: [] });
const runnerLost = {
  firstError: "The runner has received a shutdown signal.",
  signature: "The runner has received a shutdown signal.",
  failedTests: [],
};

describe("the verdict on one job", () => {
  const verdictOn = (changes: Partial<JobFacts>, of?: FailureFacts["of"]) => judge([aJob(changes)], of).verdict;

  it.each<[string, string, Partial<JobFacts>]>([
    ["yours", "it passed wherever the change is not", {}],
    ["unknown", "it failed on main in the window", { onMain: [...good("m4", "m3", "m2"), unexplained("m1")] }],
    ["unknown", "it failed at the merge base", { atMergeBase: [unexplained("m2")] }],
    ["unknown", "nothing is known of the merge base", { atMergeBase: [] }],
    ["unknown", "it ran on main twice only", { onMain: good("m2", "m1") }],
    ["unknown", "it is known, but not whose it is", { known: known("build") }],
    ["unknown", "the machine may have to do with it", { firstError: "Error: connect ECONNREFUSED 127.0.0.1:80", signature: "x" }],
    ["infrastructure", "the machine says so", runnerLost],
    ["infrastructure", "it is known as such", { known: known("infrastructure") }],
    ["unknown", "the machine says so again on this commit, as code may make it", { ...runnerLost, hasFailedSo: true }],
    ["broken_on_main", "main failed last with the same error", { onMain: [bad("m4"), ...good("m3", "m2", "m1")] }],
    ["unknown", "main failed last with another error", { onMain: [bad("m4", "--- FAIL: TestNet"), ...good("m3", "m2", "m1")] }],
    ["unknown", "main failed last, nobody knows how", { onMain: [unexplained("m4"), ...good("m3", "m2", "m1")] }],
    [
      "broken_on_main",
      "main failed twice in a row, nobody knows how",
      { onMain: [unexplained("m4"), unexplained("m3"), ...good("m2", "m1")] },
    ],
    [
      "unknown",
      "main failed twice in a row, the first time in another way",
      { onMain: [unexplained("m4"), bad("m3", "--- FAIL: TestNet"), ...good("m2")] },
    ],
    ["broken_on_main", "it failed so at the merge base, and main has not passed since", { onMain: [], atMergeBase: [bad("m2")] }],
    [
      "unknown",
      "it failed so at the merge base, and main has passed since",
      { onMain: [past("m4", "passed", { endedAt: now + 1 })], atMergeBase: [bad("m2")] },
    ],
    ["flaky", "it passed on this commit", { passed: { url: "https://x.test" } }],
    ["flaky", "it is known as such", { known: known("flaky") }],
    ["unknown", "it is known as flaky, and failed again", { known: known("flaky"), hasFailedSo: true }],
    ["flaky", "it came and went on main twice", { onMain: [bad("m4"), past("m4", "passed"), ...good("m3"), bad("m2"), ...good("m1")] }],
    [
      "flaky",
      "it comes and goes, and is there on main just now",
      { onMain: [bad("m5"), ...good("m4"), bad("m3"), past("m3", "passed"), ...good("m2"), bad("m1")] },
    ],
    ["unknown", "it came and went on main once", { onMain: [bad("m4"), past("m4", "passed"), ...good("m3", "m2", "m1")] }],
    [
      "unknown",
      "something else came and went on main",
      { onMain: [bad("m4", "other"), past("m4", "passed"), ...good("m3"), bad("m2", "other"), ...good("m1")] },
    ],
    [
      "unknown",
      "more tests fail than came and went",
      {
        failedTests: ["TestBoot", "TestNet"],
        onMain: [past("m4", "failed", { signature: boot, failedTests: ["TestBoot"] }), ...good("m3", "m2", "m1")],
      },
    ],
  ])("is %s when %s", (verdict, _, changes) => {
    expect(verdictOn(changes)).toBe(verdict);
  });

  it("blames nobody on the default branch or in a merge queue", () => {
    expect(verdictOn({}, "main")).toBe("unknown");
    expect(verdictOn({}, "other")).toBe("unknown");
  });

  it("says on the default branch that it is broken only from the second commit on", () => {
    expect(verdictOn({ onMain: [bad("m3"), ...good("m2", "m1")] }, "main")).toBe("broken_on_main");
    expect(verdictOn({ onMain: [bad("m3", "other"), ...good("m2", "m1")] }, "main")).toBe("unknown");
    expect(verdictOn({ onMain: [unexplained("m3"), ...good("m2", "m1")] }, "main")).toBe("unknown");
    expect(verdictOn({ onMain: [unexplained("m3"), unexplained("m2"), ...good("m1")] }, "main")).toBe("broken_on_main");
  });
});

describe("the verdict on several jobs", () => {
  const lost = aJob(runnerLost);
  const flaky = aJob({ name: "e2e", passed: { url: "https://x.test" } });
  const unclear = aJob({ name: "lint", onMain: [] });

  it.each([
    ["yours, when any is", [lost, flaky, aJob()], "yours"],
    ["what all share", [lost, aJob({ ...runnerLost, name: "e2e" })], "infrastructure"],
    ["what all share, though one is more besides", [flaky, aJob({ ...runnerLost, passed: { url: "https://x.test" } })], "flaky"],
    ["unknown, when they are of two kinds", [lost, flaky], "unknown"],
    ["unknown, when one is", [lost, unclear], "unknown"],
    ["unknown, when there is none", [], "unknown"],
  ] as const)("is %s", (_, jobs, verdict) => {
    expect(judge(jobs).verdict).toBe(verdict);
  });
});

describe("the evidence", () => {
  it("names where else it was seen, each place once", () => {
    const seen = (place: `pull:${number}` | "branch:main", minutes: number) =>
      ({
        place,
        headSha: "feedbeef",
        runId: 1,
        jobId: 1,
        job: "test",
        url: `https://x.test/${place}`,
        at: now - minutes * 60_000,
      }) as const;
    const elsewhere = [seen("pull:19", 1), seen("pull:14", 9), seen("branch:main", 10), seen("pull:19", 11), seen("pull:12", 29)];

    expect(judge([aJob({ elsewhere })]).evidence.slice(0, 2)).toEqual([
      { text: "The same error on main at feedbee", url: "https://x.test/branch:main" },
      { text: "Seen in #19, #14 and #12 in the last 30 minutes", url: "https://x.test/pull:19" },
    ]);
  });

  it("says how often it failed on main", () => {
    const { evidence } = judge([aJob({ onMain: [...good("m4"), bad("m3", "other"), ...good("m2", "m1")] })]);

    expect(evidence).toEqual([
      { text: "test failed in 1 of the last 4 runs on main", url: "https://x.test/m3" },
      { text: "test passed on main at m4", url: "https://x.test/m4" },
    ]);
  });

  it("says nothing twice, and at most eight things", () => {
    const jobs = Array.from({ length: 20 }, (_, at) => aJob({ name: `test ${at % 10}` }));

    const { evidence } = judge(jobs);

    expect(evidence).toHaveLength(8);
    expect(new Set(evidence.map(({ text }) => text)).size).toBe(8);
  });
});
