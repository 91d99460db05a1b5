import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Diagnoses, Place as SeenIn } from "../../src/pipeline/failures/diagnoses.ts";
import type { Diagnosis, FailedJob } from "../../src/pipeline/failures/diagnosis.ts";
import type { Place, State } from "./place.ts";

const headSha = "ab12cd3".padEnd(40, "0");
const at = 1_764_000_000_000;
const aJob = (changes: Partial<FailedJob> = {}): FailedJob => ({
  jobId: 70,
  name: "test-rust",
  url: "https://github.test/job/70",
  signature: "--- FAIL: TestAdds",
  failedTests: ["TestAdds"],
  moreFailedTests: 0,
  ...changes,
});
const aDiagnosis = (changes: Partial<Diagnosis> = {}): Diagnosis => ({
  repository: "Acme/Shop",
  runId: 7,
  attempt: 1,
  headSha,
  verdict: "flaky",
  evidence: [{ text: "It passed on main", url: "https://github.test/1" }],
  jobs: [aJob()],
  moreJobs: 0,
  at,
  ...changes,
});

/** Run by every adapter of the port. */
export function diagnosesContract(create: () => Promise<Place>): void {
  describe("diagnoses", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (diagnoses: Diagnoses) => Promise<T>) => state.records.transaction((tx) => work(tx.diagnoses));
    const put = (changes: Partial<Diagnosis> = {}, seenIn: SeenIn = "branch:main") =>
      ask((diagnoses) => diagnoses.put(aDiagnosis(changes), seenIn));

    it("gives back what was found out about an attempt, whatever the case of the repository's name", async () => {
      await put();

      expect(await ask((diagnoses) => diagnoses.ofRun("acme/SHOP", 7, 1))).toEqual(aDiagnosis());
      expect(await ask((diagnoses) => diagnoses.ofRun("acme/shop", 7, 2))).toBeUndefined();
      expect(await ask((diagnoses) => diagnoses.ofRun("acme/other", 7, 1))).toBeUndefined();
    });

    it("replaces what was said of an attempt before, its jobs too", async () => {
      await put();
      await put({ verdict: "yours", jobs: [aJob({ jobId: 71, signature: "other" })] });

      expect(await ask((diagnoses) => diagnoses.ofRun("acme/shop", 7, 1))).toMatchObject({ verdict: "yours", jobs: [{ jobId: 71 }] });
      expect(await ask((diagnoses) => diagnoses.sightings("acme/shop", "--- FAIL: TestAdds", 0))).toEqual([]);
      expect(await ask((diagnoses) => diagnoses.flakiest("acme/shop", 0, 5))).toEqual([]);
    });

    it("gives of each run of a commit the newest attempt, the newest diagnosis first", async () => {
      await put({ attempt: 2, at: at + 2 });
      await put({ attempt: 1, at: at + 9 });
      await put({ runId: 8, at: at + 4 });
      await put({ runId: 8, attempt: 2, at: at + 5 });
      await put({ runId: 9, headSha: "f".repeat(40) });

      const found = await ask((diagnoses) => diagnoses.ofHead("acme/shop", headSha));

      expect(found.map(({ runId, attempt }) => [runId, attempt])).toEqual([
        [8, 2],
        [7, 2],
      ]);
    });

    it("tells where a signature was seen, newest first, from a time on", async () => {
      await put({ at: at - 1 }, "pull:11");
      await put({ runId: 8, at }, "pull:12");
      await put({ runId: 9, at: at + 5, jobs: [aJob({ jobId: 90 }), aJob({ jobId: 91, signature: "other" })] }, "queue:14");
      await put({ runId: 10, at: at + 6, repository: "acme/other" }, "pull:1");

      const seen = await ask((diagnoses) => diagnoses.sightings("acme/shop", "--- FAIL: TestAdds", at));

      expect(seen).toEqual([
        { place: "queue:14", headSha, runId: 9, jobId: 90, job: "test-rust", url: "https://github.test/job/70", at: at + 5 },
        { place: "pull:12", headSha, runId: 8, jobId: 70, job: "test-rust", url: "https://github.test/job/70", at },
      ]);
    });

    it("sees nothing in jobs without a signature", async () => {
      const { signature, ...unsigned } = aJob();
      await put({ jobs: [unsigned] });

      expect(signature && (await ask((diagnoses) => diagnoses.sightings("acme/shop", signature, 0)))).toEqual([]);
    });

    it("names the jobs that looked flaky most often", async () => {
      const rarely = aJob({ jobId: 71, name: "lint" });
      await put({ at, jobs: [aJob(), rarely] });
      await put({ runId: 8, at: at + 3 });
      await put({ runId: 9, verdict: "yours", jobs: [rarely] });
      await put({ runId: 10, at: at - 1, jobs: [rarely] });

      expect(await ask((diagnoses) => diagnoses.flakiest("ACME/shop", at, 5))).toEqual([
        { job: "test-rust", times: 2, lastAt: at + 3 },
        { job: "lint", times: 1, lastAt: at },
      ]);
      expect(await ask((diagnoses) => diagnoses.flakiest("acme/shop", at, 1))).toHaveLength(1);
    });
  });
}
