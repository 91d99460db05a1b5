import type { Evidence } from "./diagnosis.ts";
import type { FailureFacts, JobFacts, PastResult } from "./facts.ts";
import { machineFaultIn } from "./infrastructure.ts";
import { byCommit, hasFailed, hasPassed, likeness } from "./results.ts";
import { at } from "./words.ts";

/** Why one job's failure is of a kind; undefined when that is not certain. */
type Kind = (job: JobFacts, facts: FailureFacts) => readonly Evidence[] | undefined;

const fewestFlakes = 2;
/** Failures of unknown signature in a row after which a job counts as broken. */
const unexplainedInARow = 2;

const isInfrastructure: Kind = ({ name, firstError, known, hasFailedSo }) => {
  if (known?.category === "infrastructure") return [knownAs(known.id, known.description)];
  const fault = firstError === undefined ? undefined : machineFaultIn(firstError);
  if (!fault || (fault.isCodeToo && hasFailedSo)) return undefined;
  return [{ text: `${name}: ${fault.sentence}` }];
};

const isBrokenOnMain: Kind = (job, { of, branch }) => {
  const commits = byCommit(job.onMain ?? []);
  const newest = commits[0]?.at(-1);
  if (of === "main") return isBrokenHere(job, commits, branch);

  if (newest && hasFailed(newest)) {
    const like = likeness(job, newest);
    // What comes and goes may be there just now.
    if (like === "same" && sinceWhen(commits) === 1 && timesGone(job).length >= fewestFlakes) return undefined;
    if (like === "same") return [{ text: `The same error on ${at(branch, newest)}`, url: newest.url }];
    const before = commits[1]?.at(-1);
    if (like === "unknown" && before && hasFailed(before) && likeness(job, before) !== "other" && sinceWhen(commits) >= unexplainedInARow)
      return [
        { text: `${job.name} fails on ${branch} since ${at("", commits[sinceWhen(commits) - 1]?.at(-1) ?? before)}`, url: newest.url },
      ];
    return undefined;
  }
  const base = job.atMergeBase?.at(-1);
  if (!base || !hasFailed(base) || likeness(job, base) !== "same") return undefined;
  const isMended = (job.onMain ?? []).some((result) => hasPassed(result) && result.endedAt > base.endedAt);
  return isMended ? undefined : [{ text: `The same error at ${at("", base)}, where it branched off`, url: base.url }];
};

/** The branch's own failure is news, unless it failed in the same way on the commits before. */
function isBrokenHere(job: JobFacts, commits: readonly (readonly PastResult[])[], branch: string): readonly Evidence[] | undefined {
  const before = commits.slice(0, sinceWhen(commits)).flatMap((results) => results.slice(-1));
  const same = before.filter((result) => likeness(job, result) === "same");
  const oldest = same.at(-1);
  if (oldest && before[0] && likeness(job, before[0]) === "same")
    return [{ text: `The same error on ${at(branch, oldest)}`, url: oldest.url }];
  const isUnexplained = before.length >= unexplainedInARow && before.every((result) => likeness(job, result) === "unknown");
  const first = before.at(-1);
  return isUnexplained && first ? [{ text: `${job.name} fails on ${branch} since ${at("", first)}`, url: first.url }] : undefined;
}

/** On how many of the newest commits in a row it failed in the end. */
function sinceWhen(commits: readonly (readonly PastResult[])[]): number {
  const firstGood = commits.findIndex((results) => results.at(-1)?.conclusion !== "failed");
  return firstGood === -1 ? commits.length : firstGood;
}

const isFlaky: Kind = (job, { branch }) => {
  if (job.passed) return [{ text: `${job.name} passed on this very commit`, url: job.passed.url }];
  // It failed so twice on one commit: what comes and goes seldom does that, and a fault always.
  if (job.hasFailedSo) return undefined;
  if (job.known?.category === "flaky") return [knownAs(job.known.id, job.known.description)];

  const gone = timesGone(job);
  const [newest] = gone;
  if (gone.length < fewestFlakes || !newest) return undefined;
  return [{ text: `The same error came and went on ${at(branch, newest)}`, url: newest.url }];
};

const knownAs = (id: string, description: string): Evidence => ({ text: `Known issue ${id}: ${description}` });

/** The commits of the default branch on which the same failure was, and was gone when the job ran again on it or on the next one. */
function timesGone(job: JobFacts): readonly PastResult[] {
  const commits = byCommit(job.onMain ?? []);
  return commits.flatMap((results, index) => {
    const isGone = results.some(hasPassed) || commits[index - 1]?.some(hasPassed);
    const same = results.find((result) => hasFailed(result) && likeness(job, result) === "same");
    return isGone && same ? [same] : [];
  });
}

/** What is not the fault of who changed something; the strongest first. */
export const kinds = {
  infrastructure: isInfrastructure,
  broken_on_main: isBrokenOnMain,
  flaky: isFlaky,
} satisfies Record<string, Kind>;
