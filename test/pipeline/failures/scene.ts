import { type DiagnoseNeeds, diagnose } from "../../../src/pipeline/failures/diagnose.ts";
import type { Diagnosis } from "../../../src/pipeline/failures/diagnosis.ts";
import type { JobResult } from "../../../src/pipeline/failures/history.ts";
import { placeOf } from "../../../src/pipeline/failures/place-of.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { RunJob } from "../../../src/pipeline/runs.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";

export const now = 1_764_000_000_000;

export const drain = (seconds: number): string => `$ go test ./...\n--- FAIL: TestDrain (${seconds}s)\n    queue_test.go:88: too late\n`;

export const aPull = (changes: Partial<FinishedRun> = {}): FinishedRun =>
  aFinishedRun({ event: "pull_request", branch: "topic", headSha: "cafe", pullRequest: 12, ...changes });

export const result = (sha: string, conclusion: JobResult["conclusion"], jobId: number): JobResult => ({
  job: "test",
  headSha: sha,
  conclusion,
  runId: jobId,
  jobId,
  url: `https://x.test/job/${jobId}`,
  endedAt: now - 1_000 * jobId,
});
export const passedOn = (...shas: readonly string[]): JobResult[] => shas.map((sha, at) => result(sha, "passed", 900 + at));

/** GitHub with one run, whose second attempt passed, and what its jobs did before. */
export interface Scene {
  jobs: RunJob[];
  main: JobResult[] | Error;
  base: JobResult[] | Error | undefined;
  asked: string[];
  /** Adds a job that failed with this log. */
  fail(id: number, name: string, log: string | Error): void;
  /** Lets a run end that failed, and keeps what was found out, as it is kept of every run. */
  happen(run: FinishedRun, isLastTry?: boolean): Promise<Diagnosis>;
  /** The same failure on a commit of main. */
  failOnMain(sha: string, id: number, log: string): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const state = await openEmbedded({ file: ":memory:", now: () => now });
  const logs: Record<number, string | Error> = {};
  const scene: Scene = {
    jobs: [],
    main: [],
    base: undefined,
    asked: [],

    fail(id, name, log) {
      scene.jobs.push({ id, name, state: "failed", isOver: true, attempt: 1, url: `https://x.test/job/${id}` });
      logs[id] = log;
    },

    async happen(run, isLastTry = false) {
      const diagnosis = await diagnose(run, needs, { isLastTry });
      await state.records.transaction((tx) => tx.diagnoses.put(diagnosis, placeOf(run)));
      return diagnosis;
    },

    async failOnMain(sha, id, log) {
      scene.fail(id, "test", log);
      await scene.happen(aFinishedRun({ headSha: sha, runId: id }));
      scene.jobs = [];
      scene.asked = [];
    },

    close: state.close,
  };
  const needs: DiagnoseNeeds = {
    records: state.records,
    secrets: ["hunter22"],
    now: () => now,
    knownIssues: { all: [], mistakesIn: () => [], fits: () => false },
    phasePlans: { of: () => undefined },
    runs: {
      jobs: async () => scene.jobs,
      find: async () => ({ id: 7, attempt: 2, state: "passed", url: "https://x.test/7" }),
    } as unknown as DiagnoseNeeds["runs"],
    jobLogs: {
      async open(_, id) {
        scene.asked.push(`log ${id}`);
        const log = logs[id];
        if (log instanceof Error) throw log;
        return log === undefined ? { state: "expired" } : { state: "there", bytes: bytesOf(log) };
      },
      annotations: async () => [],
    },
    history: {
      async onBranch(_, branch) {
        scene.asked.push(`branch ${branch}`);
        if (scene.main instanceof Error) throw scene.main;
        return scene.main;
      },
      async atMergeBase() {
        scene.asked.push("merge base");
        if (scene.base instanceof Error) throw scene.base;
        return scene.base && { sha: "base", results: scene.base };
      },
    },
  };
  return scene;
}

async function* bytesOf(log: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(log);
}
