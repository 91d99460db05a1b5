import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeOf } from "../../../src/pipeline/failures/place-of.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { aPull, drain, now, openScene, passedOn, result, type Scene } from "./scene.ts";

const lost = "$ make\nError: The hosted runner lost communication with the server.\n";
const gate = "$ echo\nError: Process completed with exit code 1.\n";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

describe("the diagnosis of a failed run", () => {
  it("blames a pull request for what is fine everywhere else", async () => {
    scene.main = passedOn("m3", "m2", "m1");
    scene.base = passedOn("m2");
    scene.fail(1, "test", drain(1.5));

    const diagnosis = await scene.happen(aPull());

    expect(diagnosis).toEqual({
      repository: "acme/shop",
      runId: 7,
      attempt: 1,
      headSha: "cafe",
      pullRequest: 12,
      verdict: "yours",
      evidence: [
        { text: "test passed on main at m3", url: "https://x.test/job/900" },
        { text: "test passed at m2, where it branched off", url: "https://x.test/job/900" },
      ],
      jobs: [
        {
          jobId: 1,
          name: "test",
          url: "https://x.test/job/1",
          signature: "--- FAIL: TestDrain (<n>)",
          firstError: "--- FAIL: TestDrain (1.5s)",
          failedTests: ["TestDrain"],
          moreFailedTests: 0,
          onMain: { failed: 0, of: 3, branch: "main" },
        },
      ],
      moreJobs: 0,
      at: now,
    });
  });

  it("knows the same failure on main by what was found out there, and says how often and where", async () => {
    await scene.failOnMain("m3", 100, drain(9));
    scene.main = [result("m3", "failed", 100), ...passedOn("m2", "m1")];
    scene.fail(1, "test", drain(1.5));

    const { verdict, evidence } = await scene.happen(aPull());

    expect(verdict).toBe("broken_on_main");
    expect(evidence).toEqual([
      { text: "The same error on main at m3", url: "https://x.test/job/100" },
      { text: "test failed in 1 of the last 3 runs on main", url: "https://x.test/job/100" },
    ]);
  });

  it("knows what came and went on main twice", async () => {
    await scene.failOnMain("m5", 100, drain(9));
    await scene.failOnMain("m2", 101, drain(8));
    scene.main = [
      ...passedOn("m6"),
      result("m5", "failed", 100),
      result("m5", "passed", 99),
      ...passedOn("m3"),
      result("m2", "failed", 101),
    ];
    scene.fail(1, "test", drain(1.5));

    expect((await scene.happen(aPull())).verdict).toBe("flaky");
  });

  it("does not call it flaky when it fails so again on the same commit", async () => {
    await scene.failOnMain("m5", 100, drain(9));
    await scene.failOnMain("m2", 101, drain(8));
    scene.main = [
      ...passedOn("m6"),
      result("m5", "failed", 100),
      result("m5", "passed", 99),
      ...passedOn("m3"),
      result("m2", "failed", 101),
    ];
    scene.fail(1, "test", drain(1.5));
    await scene.happen(aPull());

    expect((await scene.happen(aPull({ attempt: 2 }))).verdict).toBe("unknown");
  });

  it("tells where else it was seen, and then blames nobody", async () => {
    scene.main = passedOn("m3", "m2", "m1");
    scene.base = passedOn("m2");
    scene.fail(1, "test", drain(1.5));
    for (const number of [14, 19]) await scene.happen(aPull({ pullRequest: number, runId: number, headSha: `head${number}` }));

    const { verdict, evidence } = await scene.happen(aPull());

    expect(verdict).toBe("unknown");
    expect(evidence[0]?.text).toMatch(/^Seen in #1[49] and #1[49] in the last 30 minutes$/);
  });

  it("takes an earlier commit of the same pull request for nobody else", async () => {
    scene.main = passedOn("m3", "m2", "m1");
    scene.base = passedOn("m2");
    scene.fail(1, "test", drain(1.5));
    await scene.happen(aPull({ headSha: "before", runId: 6 }));

    expect((await scene.happen(aPull())).verdict).toBe("yours");
  });

  it("takes a fork's branch of the same name for the fork's", () => {
    const fork = aPull({ headRepository: "eve/shop", branch: "main" });
    const { pullRequest, ...unnumbered } = fork;

    expect(pullRequest).toBe(12);
    expect(placeOf(unnumbered)).toBe("branch:eve/shop:main");
    expect(placeOf(fork)).toBe("pull:12");
    expect(placeOf({ ...fork, event: "merge_group" })).toBe("queue:12");
    expect(placeOf(aFinishedRun())).toBe("branch:main");
  });

  it("judges a pull request by what it is to be merged into", async () => {
    scene.main = passedOn("m3", "m2", "m1");
    scene.base = passedOn("m2");
    scene.fail(1, "test", drain(1.5));

    const { evidence } = await scene.happen(aPull({ baseBranch: "release/1" }));

    expect(scene.asked).toContain("branch release/1");
    expect(evidence[0]?.text).toBe("test passed on release/1 at m3");
  });

  it("asks for no merge base on the default branch, and takes its own failure for no earlier one", async () => {
    scene.main = [result("ab12cd34ef", "failed", 1), result("m4", "failed", 2), ...passedOn("m3", "m2", "m1")];
    scene.fail(1, "test", drain(1.5));

    const { verdict } = await scene.happen(aFinishedRun());

    expect(verdict).toBe("unknown");
    expect(scene.asked).not.toContain("merge base");
  });

  it("reads five of many jobs, and says how many more there are", async () => {
    for (let id = 1; id <= 8; id++) scene.fail(id, `test ${id}`, lost);

    const { jobs: looked, moreJobs, verdict } = await scene.happen(aPull());

    expect(scene.asked.filter((one) => one.startsWith("log"))).toHaveLength(5);
    expect([looked.length, moreJobs]).toEqual([5, 3]);
    expect(verdict).toBe("unknown");
  });

  it("looks past a job that failed only because others did", async () => {
    scene.fail(1, "all green", gate);
    scene.fail(2, "test", lost);

    const { jobs: looked, verdict } = await scene.happen(aPull());

    expect(looked.map(({ name }) => name)).toEqual(["test"]);
    expect(verdict).toBe("infrastructure");
  });

  it("keeps such a job when it is all there is", async () => {
    scene.fail(1, "all green", gate);

    expect((await scene.happen(aPull())).jobs.map(({ name }) => name)).toEqual(["all green"]);
  });

  it("looks at no job that was cancelled or skipped", async () => {
    scene.fail(1, "test", lost);
    scene.jobs.push({ id: 2, name: "bench", state: "cancelled", isOver: true, attempt: 1, url: "" });

    expect((await scene.happen(aPull())).jobs).toHaveLength(1);
  });

  it("calls it flaky when all of it has passed meanwhile", async () => {
    scene.jobs.push({ id: 2, name: "test", state: "passed", isOver: true, attempt: 2, url: "" });

    expect(await scene.happen(aPull())).toMatchObject({
      verdict: "flaky",
      evidence: [{ text: "It passed when it ran again, in attempt 2" }],
      jobs: [],
    });
  });

  it("masks what a log shows", async () => {
    scene.fail(1, "test", "$ deploy\nerror: deploy with hunter22 was refused by `prod`\n");

    expect(JSON.stringify(await scene.happen(aPull()))).not.toContain("hunter22");
  });
});
