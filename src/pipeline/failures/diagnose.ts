import type { Services } from "../../services.ts";
import { currentPhase } from "../phases/current-phase.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { RunJob } from "../runs.ts";
import type { Diagnosis, FailedJob } from "./diagnosis.ts";
import { isNamedAsGate } from "./gate.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { JobHistory, JobResult } from "./history.ts";
import { lookInto, orNothing, type ReadNeeds } from "./look-into.ts";
import { kindOf } from "./place-of.ts";
import { hasFailed } from "./results.ts";
import { verdictOf } from "./verdict.ts";

const mostJobs = 5;

export type DiagnoseNeeds = ReadNeeds & Pick<Services, "runs" | "records" | "phasePlans" | "now"> & { readonly history: JobHistory };

interface Options {
  /** Say what can be said now: nobody asks again. */
  readonly isLastTry?: boolean;
}

/**
 * Finds out why a run failed. What cannot be read is missing from the evidence, and then the verdict is rather `unknown`. Throws
 * ServiceError when it is worth trying again, unless it is the last try. Nothing is stored.
 */
export async function diagnose(run: FinishedRun, services: DiagnoseNeeds, { isLastTry = false }: Options = {}): Promise<Diagnosis> {
  const { repository, runId, attempt, headSha, pullRequest } = run;
  const found = { repository, runId, attempt, headSha, ...(pullRequest !== undefined && { pullRequest }), at: services.now() };
  const jobs = await orNothing(() => services.runs.jobs(repository, runId, attempt), isLastTry);
  const failed = jobs?.filter(({ state }) => state === "failed") ?? [];
  if (jobs && failed.length === 0) return { ...found, ...(await withoutFailedJob(run, services, isLastTry)), jobs: [], moreJobs: 0 };

  const inOrder = [...failed.filter(({ name }) => !isNamedAsGate(name)), ...failed.filter(({ name }) => isNamedAsGate(name))];
  const read = inOrder.slice(0, mostJobs);
  // A pull request is judged by what it is to be merged into.
  const branch = run.baseBranch ?? run.defaultBranch;
  const phase = await phaseOf(repository, services);
  const [looked, onMain, forkedOff] = await Promise.all([
    Promise.all(read.map((job) => lookInto(repository, job, { ...services, phase }, isLastTry))),
    orNothing(() => services.history.onBranch(repository, branch, run.workflowId), isLastTry),
    kindOf(run) === "pull_request"
      ? orNothing(() => services.history.atMergeBase(repository, branch, headSha, run.workflowId), isLastTry)
      : undefined,
  ]);
  const own = looked.filter(({ isGate }) => !isGate);
  const kept = own.length > 0 ? own : looked;
  const rest = inOrder.slice(mostJobs);
  const others = rest.map(({ name }) => name).filter((name) => !isNamedAsGate(name));
  const jobsOfFacts = [...kept.map(({ job }) => job), ...rest.filter(({ name }) => !isNamedAsGate(name)).map(toUnread)];
  const facts = await gatherFacts(run, jobsOfFacts, { onMain, atMergeBase: forkedOff?.results }, services);
  return {
    ...found,
    ...verdictOf({ jobs: facts, of: kindOf(run), branch, now: found.at }),
    jobs: kept.map(({ job }, index) => ({
      ...job,
      ...rateOf(job.name, onMain, branch),
      ...(facts[index]?.passed && { passedHere: true as const }),
    })),
    ...(others.length > 0 && { otherJobs: others }),
    moreJobs: rest.length,
  };
}

/** The phase that the repository is in; undefined where it has none. */
async function phaseOf(repository: string, { phasePlans, records }: DiagnoseNeeds): Promise<string | undefined> {
  const plan = phasePlans.of(repository);
  return plan && (await records.transaction((tx) => currentPhase(plan, tx))).id;
}

/** All is well by now, or nothing of it ran. */
async function withoutFailedJob(
  { repository, runId, attempt }: FinishedRun,
  { runs }: DiagnoseNeeds,
  isLastTry: boolean,
): Promise<Pick<Diagnosis, "verdict" | "evidence">> {
  const now = await orNothing(() => runs.find(repository, runId), isLastTry);
  if (now?.state !== "passed" || now.attempt <= attempt) return { verdict: "unknown", evidence: [] };
  return { verdict: "flaky", evidence: [{ text: `It passed when it ran again, in attempt ${now.attempt}`, url: now.url }] };
}

/** Of a job that was not looked into only its past is known. */
const toUnread = ({ id: jobId, name, url }: RunJob): FailedJob => ({ jobId, name, url, failedTests: [], moreFailedTests: 0 });

function rateOf(name: string, onMain: readonly JobResult[] | undefined, branch: string) {
  const results = onMain?.filter(({ job }) => job === name) ?? [];
  return results.length === 0 ? {} : { onMain: { failed: results.filter(hasFailed).length, of: results.length, branch } };
}
