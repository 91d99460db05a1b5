import { createRecordAttempt, toRecordAttempt } from "../../../src/pipeline/backoff/record-attempt-task.ts";
import { autoFix } from "../../../src/pipeline/failures/auto-fix.ts";
import { carryOutFixTask, createCarryOutFix } from "../../../src/pipeline/failures/carry-out-fix.ts";
import type { Diagnosis, FailedJob } from "../../../src/pipeline/failures/diagnosis.ts";
import { followFixes } from "../../../src/pipeline/failures/follow-fixes.ts";
import type { Followed } from "../../../src/pipeline/incidents/followed.ts";
import type { AutoFix } from "../../../src/pipeline/known-issues/known-issue.ts";
import { followRun } from "../../../src/pipeline/operations/follow.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import type { State } from "../../contracts/place.ts";
import { aRunOnGitHub } from "../operations/a-run.ts";
import { aTriage } from "../orchestrator/a-triage.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";

const at = 1_764_000_000_000;
export const issue = "sigill-cpu-variant";
const retries: AutoFix = { type: "retry", script: "", confidence: 0.9 };
export const starts: AutoFix = { type: "workflow", script: "clear.yml", confidence: 0.9 };

export const aFailedJob = (name = "test", autoFix: AutoFix = retries): FailedJob => ({
  jobId: 1,
  name,
  url: "",
  failedTests: [],
  moreFailedTests: 0,
  known: { id: issue, description: "", autoFix, line: "SIGILL", category: "hardware", references: [] },
});

export const aFollowed = (autoFix: Partial<Followed["autoFix"]> = {}): Followed => ({
  repository: "Acme/Shop",
  channel: "C1",
  autoFix: { mode: "act", retry: true, workflows: ["clear.yml"], ...autoFix },
  triage: aTriage(),
  postMortem: false,
});

/** The bot, as far as it fixes, on a state that outlives it. */
export function fixing(openState: () => State, followed = aFollowed(), github = aRunOnGitHub()) {
  const records: Records = { transaction: (work) => openState().records.transaction(work) };
  const dispatched: string[] = [];
  let working: unknown;
  const workflow = { id: 9, name: "Clear", path: ".github/workflows/clear.yml", url: "" };
  const services = {
    ...github.services,
    runs: { ...github.services.runs, find: async (_: string, id: number) => ({ ...(await github.services.runs.find()), id }) },
    followed: [followed],
    records,
    now: () => at,
    wait: async () => {},
    workflows: {
      list: async () => [workflow],
      inputs: async () => [],
      async dispatch(_: string, id: number, ref: string) {
        dispatched.push(`${id} on ${ref}`);
        return { runId: 99 };
      },
      startedSince: async () => [],
    },
  };
  const run = (changes: Partial<FinishedRun> = {}) => aFinishedRun({ headSha: "ab12cd3", ...changes });
  const diagnosis = (of: FinishedRun, jobs: readonly FailedJob[]): Diagnosis => ({
    ...{ repository: of.repository, runId: of.runId, attempt: of.attempt, headSha: of.headSha },
    ...{ verdict: "unknown", evidence: [], jobs, moreJobs: 0, at },
  });
  const workflowOf = ({ workflowId: id, workflow: name }: FinishedRun) => ({ id, name });

  return {
    counts: (of: string) => records.transaction(({ knownIssues }) => knownIssues.counts(of)),
    dispatched,
    github,
    services,
    /** The attempt of run 7 has failed. */
    tell: async (changes: Partial<FinishedRun> = {}, jobs = [aFailedJob()]) => {
      const ended = run(changes);
      return (await autoFix(ended, diagnosis(ended, jobs), services)).map(({ decision }) => decision);
    },
    /** Lets the queue do what was begun. */
    async work() {
      const { worker } = openState();
      if (working !== worker) worker.start({ [carryOutFixTask]: createCarryOutFix(services) });
      working = worker;
      await worker.drain(5_000);
    },
    /** The run ends, and all who wait for that are told of it. */
    async end(state: "failed" | "passed", attempt: number) {
      github.end(state);
      const conclusion = state === "failed" ? "failure" : "success";
      const ended = run({ attempt, conclusion });
      const { payload } = toRecordAttempt({ ...ended, workflow: workflowOf(ended), hasFailed: state === "failed", heardAt: at + attempt });
      await createRecordAttempt(services)({ id: "r", task: "r", payload, attempt: 1, signal: new AbortController().signal });
      await followRun("acme/shop", 7, false, services);
      await followFixes(ended, services);
    },
    follow: (changes: Partial<FinishedRun>) => followFixes(run(changes), services),
    fails: (times: number, job = "test") =>
      openState().records.transaction(({ backoff }) =>
        backoff.add(
          Array.from({ length: times }, (_, index) => ({
            ...{ repository: "acme/shop", headSha: "ab12cd3", workflow: { id: 3, name: "CI" }, runId: 6, attempt: index + 1, job },
            ...{ hasPassed: false, endedAt: at - 1 },
          })),
        ),
      ),
  };
}
