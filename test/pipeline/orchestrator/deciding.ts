import { triagePrompt } from "../../../src/ai/prompts/triage.ts";
import type { DesignInput } from "../../../src/pipeline/design/design.ts";
import type { Diagnosis, FailedJob } from "../../../src/pipeline/failures/diagnosis.ts";
import { placeOf } from "../../../src/pipeline/failures/place-of.ts";
import { createFixRun, toFixRun } from "../../../src/pipeline/incidents/fix-run.ts";
import { findPull, newPull, putPull, toPullRun } from "../../../src/pipeline/incidents/pulls/pull-failures.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { StoredDecision } from "../../../src/pipeline/orchestrator/decision.ts";
import { triageRunTask } from "../../../src/pipeline/orchestrator/triage-job.ts";
import { createTriageRun } from "../../../src/pipeline/orchestrator/triage-run.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { NewJob } from "../../../src/pipeline/queue.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import type { Services } from "../../../src/services.ts";
import type { State } from "../../contracts/place.ts";
import { aBook } from "../budgets/spending.ts";
import { aFollowed, fixing } from "../failures/fixing.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { aTriage } from "./a-triage.ts";
import { channelsOf, type ScriptedChannel } from "./scripted-channel.ts";

const start = 1_764_000_000_000;
const pull = { event: "pull_request", branch: "topic", pullRequest: 12, headSha: "ab12cd3", isPrivate: true } as const;
const log = "##[group]Run npm ci\nfetching\nerror: the mirror is away\n";

interface Options {
  readonly triage?: Parameters<typeof aTriage>[0];
  readonly channels?: readonly ScriptedChannel[];
}

/** The bot, as far as it decides about failures of pull request 12, on a state that may be closed and opened again. */
export function deciding(openState: () => State, { triage = {}, channels = [] }: Options = {}) {
  let now = start;
  const followed = { ...aFollowed(), triage: aTriage({ mode: "act", ...triage }) };
  const fix = fixing(openState, followed);
  const queued = new Map<string, NewJob>();
  const inner: Records = {
    transaction: (work) =>
      openState().records.transaction((tx) =>
        work({
          ...tx,
          queue: {
            async add(job) {
              if (job.task === triageRunTask) queued.set(job.id, job);
              return tx.queue.add(job);
            },
          },
        }),
      ),
  };
  let logOf = log;
  const services = {
    ...fix.services,
    records: inner,
    get keys() {
      return openState().keys;
    },
    channels: channelsOf(...channels),
    prompts: {
      triage: triagePrompt,
      design: (input: DesignInput) => ({
        purpose: "design",
        version: 1,
        instructions: "Help.",
        data: JSON.stringify(input),
        schema: {},
        read: (answer: unknown) => answer,
      }),
    } as unknown as Services["prompts"],
    designLimits: { perDay: 10, perHour: 3, cooldownMs: 30 * 60_000, isForSessions: true },
    priceBook: aBook(),
    money: { zone: "UTC" },
    timings,
    secrets: [],
    policies: [],
    discussions: [],
    pager: undefined,
    internalsOn: [],
    now: () => now,
    jobLogs: {
      open: async () => ({ state: "there", bytes: bytesOf(logOf) }),
      annotations: async () => [],
    } as Services["jobLogs"],
  };
  const run = (changes: Partial<FinishedRun> = {}) => aFinishedRun({ ...pull, ...changes });
  const aJob = (changes: Partial<FailedJob> = {}): FailedJob => ({
    ...{ jobId: 1, name: "test", url: "", signature: "error: the mirror is away", firstError: "error: the mirror is away" },
    ...{ failedTests: [], moreFailedTests: 0, ...changes },
  });

  const failsAs = async (ended: FinishedRun, found: Partial<Diagnosis> = {}) => {
    const { repository, runId, attempt, headSha } = ended;
    const diagnosis: Diagnosis = {
      ...{ repository, runId, attempt, headSha, verdict: "unknown", evidence: [], jobs: [aJob()], moreJobs: 0, at: now },
      ...found,
    };
    await inner.transaction(async (tx) => {
      await tx.diagnoses.put(diagnosis, placeOf(ended));
      if (ended.pullRequest !== undefined)
        await putPull(tx, { ...newPull(repository, ended.pullRequest), runs: [{ ...toPullRun(ended, true) }] });
    });
    await hear(ended);
  };
  const hear = (ended: FinishedRun) =>
    createFixRun(services)({ ...toFixRun(ended, undefined), attempt: 1, signal: new AbortController().signal });

  return {
    fix,
    services,
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    aJob,
    run,
    setLog(text: string) {
      logOf = text;
    },
    /** An attempt has failed, and was looked into. */
    fails: (changes: Partial<FinishedRun> = {}, found: Partial<Diagnosis> = {}) => failsAs(run(changes), found),
    failsOn: failsAs,
    passes: (changes: Partial<FinishedRun> = {}) => hear(run({ conclusion: "success", ...changes })),
    passesOn: hear,
    /** The error is an outage from now on. */
    async beginOutage(signature: string) {
      const mark = { runId: 1, number: 1, attempt: 1, headSha: "a", url: "", at: now };
      await inner.transaction(async ({ incidents }) => {
        await incidents.put({
          ...{ number: await incidents.nextNumber(), key: "outage", state: "open", jobs: [], openedAt: now, redCount: 1 },
          ...{ subject: { kind: "outage", repository: "acme/shop", signature, workflowIds: [3] }, firstRed: mark, lastRed: mark },
          ...{ signatures: [signature], greens: [], escalations: 0, due: {}, transitions: 0, isTold: true, version: 1 },
        });
      });
    },
    /** Does what waits to be decided; `attempt` counts the queue's tries. */
    async decide(attempt = 1) {
      for (const job of [...queued.values()]) {
        await createTriageRun(services)({ ...job, attempt, signal: new AbortController().signal });
        queued.delete(job.id);
      }
    },
    queued: () => [...queued.values()],
    decisions: (): Promise<readonly StoredDecision[]> =>
      inner.transaction(async ({ decisions }) => (await decisions.list({ since: 0 }, 999)).toReversed()),
    /** What stands beside the failure. */
    fixes: async (number = 12) =>
      (await inner.transaction((tx) => findPull(tx, "acme/shop", number)))?.runs.flatMap(({ fixes }) => fixes) ?? [],
    audited: () => inner.transaction(async ({ audit }) => (await audit.latest(99)).toReversed()),
    spent: async () => (await inner.transaction(({ ledger }) => ledger.sums({}, []))).map(({ costPico }) => costPico.metered),
  };
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}
