import type { Services } from "../../services.ts";
import { plainLine } from "../ai/plain-text.ts";
import type { Changes } from "../changes.ts";
import type { Diagnosis, FailedJob, Verdict } from "../failures/diagnosis.ts";
import { orNothing } from "../failures/look-into.ts";
import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import { readFailure } from "../logs/read-failure.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { StoredDecision } from "./decision.ts";
import { actionWords } from "./decision-words.ts";
import type { TriageInput, TriageJob } from "./triage.ts";
import { wasRight } from "./was-right.ts";

/** What more of them would add, the first few say already. */
const mostJobs = 3;
const mostFiles = 60;
const mostHistory = 5;
const longestName = 200;
const longestMasked = 1_000;

export type InputNeeds = Pick<Services, "jobLogs" | "secrets"> & {
  /** What pull requests change, where that can be looked up. */
  readonly changes?: Pick<Changes, "files"> | undefined;
};

interface About {
  readonly run: FinishedRun;
  readonly diagnosis: Diagnosis;
  /** Those that nobody has decided about. */
  readonly jobs: readonly FailedJob[];
  readonly workflows: readonly string[];
  /** What was decided about the same failure before, newest first. */
  readonly before: readonly StoredDecision[];
}

/**
 * What a model is told of a failure; undefined where no log says anything of it, so that there is nothing to ask.
 *
 * @throws ServiceError when GitHub cannot be asked, unless it is the last try: then what is missing is done without
 */
export async function triageInput(about: About, services: InputNeeds, isLastTry: boolean): Promise<TriageInput | undefined> {
  const { run, diagnosis, jobs, workflows, before } = about;
  const read: TriageJob[] = [];
  const shown = oneOfEach(jobs);
  for (const job of shown.slice(0, mostJobs)) {
    const excerpt = await excerptOfJob(run.repository, job, services, isLastTry);
    if (excerpt === undefined) continue;
    const { failedTests, onMain } = job;
    read.push({
      name: inShort(job.name, services),

      excerpt,
      failedTests: failedTests.map((test) => inShort(test, services)),
      ...(onMain && { onMain: { failed: onMain.failed, of: onMain.of } }),
    });
  }
  if (read.length === 0) return undefined;
  return {
    workflow: inShort(run.workflow, services),
    place: placeInWords(run, services),
    attempt: run.attempt,
    jobs: read,
    verdict: verdictWords[diagnosis.verdict],
    evidence: [...diagnosis.evidence.map(({ text }) => inShort(text, services)), ...others(jobs, shown, services)],
    changedFiles: await changedFiles(run, services, isLastTry),
    workflows,
    history: before.slice(0, mostHistory).map(inHistory),
  };
}

/** Jobs with the same error say the same. */
const oneOfEach = (jobs: readonly FailedJob[]): readonly FailedJob[] =>
  [...new Map(jobs.toReversed().map((job) => [job.signature ?? `job ${job.jobId}`, job])).values()].toReversed();

function others(jobs: readonly FailedJob[], shown: readonly FailedJob[], services: InputNeeds): readonly string[] {
  const rest = jobs.filter((job) => !shown.includes(job)).map(({ name }) => inShort(name, services));
  return rest.length === 0
    ? []
    : [`The same error in ${rest.slice(0, mostJobs).join(", ")}${rest.length > mostJobs ? ` and ${rest.length - mostJobs} more` : ""}`];
}

async function excerptOfJob(
  repository: string,
  { jobId, firstError }: FailedJob,
  services: InputNeeds,
  isLastTry: boolean,
): Promise<string | undefined> {
  const read = await orNothing(() => readFailure(repository, jobId, services), isLastTry);
  if (read?.state !== "there") return firstError;
  const lines = read.excerpt.lines.join("\n");
  return lines.trim() === "" ? undefined : lines;
}

async function changedFiles(
  { repository, pullRequest }: FinishedRun,
  { changes, secrets }: InputNeeds,
  isLastTry: boolean,
): Promise<readonly string[]> {
  if (pullRequest === undefined || !changes) return [];
  const found = await orNothing(() => changes.files(repository, pullRequest), isLastTry);
  const paths = (found?.files ?? []).map(({ path }) => inShort(path, { secrets }));
  const more = paths.length - mostFiles;
  return more > 0 ? [...paths.slice(0, mostFiles), `and ${more} more files`] : paths;
}

/** In one line, so that no name passes for a line of ours, and masked as it is seen. */
const inShort = (text: string, { secrets }: Pick<InputNeeds, "secrets">): string =>
  clipped(mask(plainLine(text, longestMasked), secrets), longestName);

function placeInWords({ event, branch, pullRequest }: FinishedRun, services: InputNeeds): string {
  if (event === "merge_group") return "the merge queue";
  return pullRequest === undefined ? `the branch ${inShort(branch, services)}` : "a pull request";
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  yours: "the change seems to be at fault",
  flaky: "it seems to come and go by itself",
  broken_on_main: "it was broken before this change",
  infrastructure: "the machines or services seem to be at fault, not the code",
  unknown: "it cannot be told whose fault it is",
};

/** Without the model's own words of then: they would only be believed again. */
function inHistory(decision: StoredDecision): string {
  const { stage, truth, again } = decision;
  const isRight = wasRight(decision);
  const end =
    truth === undefined ? (again === "failed" ? "it failed again when it ran again" : "nothing is known of its end yet") : endWords[truth];
  return `Before, ${stage} decided to ${actionWords(decision)}: ${end}${isRight === undefined ? "" : `, so that was ${isRight ? "right" : "wrong"}`}`;
}

const endWords = {
  flake: "the same commit passed later",
  fixed: "only a newer commit passed",
  main_recovered: "it was over when the default branch was",
  unknown: "nobody saw its end",
} as const;
