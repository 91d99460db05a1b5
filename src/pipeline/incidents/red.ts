import { type Change, change, type News } from "./change.ts";
import type { Due, Incident, RunMark } from "./incident.ts";
import { orderOf } from "./order.ts";
import type { Timings } from "./timings.ts";

/** What is told of a failure: by what it is known, what fails, and why as far as that was found out. */
export type Red = Pick<
  Incident,
  | "key"
  | "subject"
  | "jobs"
  | "signatures"
  | "verdict"
  | "evidence"
  | "firstError"
  | "failedTests"
  | "known"
  | "concerned"
  | "greenBefore"
  | "outage"
  | "follows"
> & {
  readonly run: RunMark;
  /** The branch is protected: nobody waits before it is told. */
  readonly isUrgent: boolean;
};

/** Begins an incident. */
export function open(number: number, { run, isUrgent, ...red }: Red, now: number, timings: Timings): Change {
  const tellAt = isUrgent ? now : now + timings.firstMessageMs;
  const due: Due = {
    ...(isUrgent ? {} : { tellAt }),
    // What is part of something greater is escalated there.
    ...(red.outage === undefined && { escalateAt: tellAt + timings.escalateMs }),
    stillBrokenAt: now + timings.stillBrokenMs,
    ...(red.subject.kind === "outage" && { quietAt: now + timings.quietMs }),
  };
  const nothing: Incident = {
    ...red,
    number,
    state: "open",
    openedAt: now,
    firstRed: run,
    lastRed: run,
    redCount: 1,
    greens: [],
    escalations: 0,
    due,
    transitions: 0,
    isTold: isUrgent,
    version: 0,
  };
  const opened: News =
    red.follows === undefined ? { kind: "opened", reason: "failed", run } : { kind: "reopened", reason: "failed_again", run };
  const part: readonly News[] = red.outage === undefined ? [] : [{ kind: "downgraded", reason: "part_of_another" }];
  return change(nothing, {}, [opened, ...part], now);
}

/**
 * It failed once more. What failed earlier than what is known already is counted, and says nothing of how it stands.
 *
 * @param hasOwnError it was part of something else and is no longer: it stands for itself
 */
export function failAgain(
  before: Incident,
  { run, isUrgent: _, ...red }: Red,
  now: number,
  timings: Timings,
  { hasOwnError = false }: { readonly hasOwnError?: boolean } = {},
): Change {
  const counted = { redCount: before.redCount + 1 };
  if (orderOf(run, before.lastRed) < 0) {
    const isFirst = orderOf(run, before.firstRed) < 0;
    return change(before, { ...counted, ...(isFirst && { firstRed: run }) }, [], now);
  }
  const { signatures, verdict, evidence, firstError, failedTests, known } = red;
  // Where nobody knows which job failed, none is known to pass.
  const jobs = red.jobs.length > 0 ? red.jobs : before.jobs;
  const outage = hasOwnError ? undefined : before.outage;
  const newest = {
    ...counted,
    outage,
    lastRed: run,
    greens: [],
    jobs,
    signatures,
    verdict,
    evidence,
    firstError,
    failedTests,
    known,
    fixes: undefined,
  };
  const newJobs = jobs.filter((job) => !before.jobs.includes(job));
  const isFewer = newJobs.length === 0 && jobs.length < before.jobs.length;
  const alone: readonly News[] = hasOwnError ? [{ kind: "reminded", reason: "own_error", run }] : [];
  const ofJobs: readonly News[] =
    newJobs.length > 0
      ? [{ kind: "set_changed", reason: "more_jobs", newJobs, run }]
      : isFewer
        ? [{ kind: "set_changed", reason: "fewer_jobs", run }]
        : [];
  const changed = [...ofJobs, ...alone];
  const escalated = { escalateAt: now + timings.escalateMs };
  if (newJobs.length === 0) {
    const isWaiting = hasOwnError && !before.owner && !before.snooze;
    return change(before, { ...newest, ...(isWaiting && { due: { ...before.due, ...escalated } }) }, changed, now);
  }

  // Who took it took what failed then: what is new is nobody's, and no snooze hides it.
  const { owner } = before;
  const unowned: readonly News[] = owner ? [{ kind: "unacknowledged", reason: "more_jobs", from: owner.person }] : [];
  const { remindAt: __, releaseAt: ___, snoozedUntil: ____, ...rest } = before.due;
  const due = { ...rest, stillBrokenAt: rest.stillBrokenAt ?? now + timings.stillBrokenMs };
  const fresh = { state: "open", owner: undefined, snooze: undefined, escalations: 0 } as const;
  return change(before, { ...newest, ...fresh, due: { ...due, ...(outage === undefined && escalated) } }, [...changed, ...unowned], now);
}

/** The same error was seen once more: an outage has no order of commits. */
export function seenAgain(
  before: Incident,
  { run, jobs, workflowId }: Pick<Red, "run" | "jobs"> & { readonly workflowId: number },
  now: number,
  timings: Timings,
): Change {
  const { subject } = before;
  const seenIn = subject.kind === "outage" ? { ...subject, workflowIds: [...new Set([...subject.workflowIds, workflowId])] } : subject;
  const all = [...new Set([...before.jobs, ...jobs])].toSorted();
  const due = { ...before.due, quietAt: now + timings.quietMs };
  return change(before, { subject: seenIn, redCount: before.redCount + 1, lastRed: run, greens: [], jobs: all, due }, [], now);
}
