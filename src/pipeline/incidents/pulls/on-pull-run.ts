import type { Diagnosis } from "../../failures/diagnosis.ts";
import type { FixDecision } from "../../failures/fix-words.ts";
import type { FinishedRun } from "../../policy/finished-run.ts";
import type { Transaction } from "../../records.ts";
import { isSameName } from "../../same-name.ts";
import { withTriage } from "../note-fixes.ts";
import { keyOf, type PipelineSubject } from "../pipeline-of.ts";
import { join, partsAmong } from "./part-of.ts";
import {
  findPull,
  heardRun,
  isSameAttempt,
  newPull,
  type PullFailures,
  type PullRun,
  putPull,
  standingOf,
  toPullRun,
  withRun,
} from "./pull-failures.ts";
import { findOut, showCostsLater, showPull } from "./show-pull.ts";
import { tellAuthor } from "./tell-author.ts";
import type { Whose } from "./whose-pull.ts";

/** A run of a pull request passed: what its comment says may be over. An unbroken one gets none. */
export async function pullPassed(tx: Transaction, run: FinishedRun, internalsOn: readonly string[], now: number): Promise<void> {
  if (run.pullRequest === undefined) return;
  const before = (await findPull(tx, run.repository, run.pullRequest)) ?? newPull(run.repository, run.pullRequest);
  const pull = { ...heardRun(before, toPullRun(run, false)), showsCosts: showsCosts(run, internalsOn) };
  await keepPull(tx, pull);
  await showCostsLater(tx, pull, run, now);
}

/** What things cost is told where only some can read it, and where the settings let it be told all the same. */
export const showsCosts = (
  { isPrivate, repository }: Pick<FinishedRun, "isPrivate" | "repository">,
  internalsOn: readonly string[],
): boolean => isPrivate || internalsOn.some((one) => isSameName(one, repository));

export interface PullFailed {
  readonly run: FinishedRun;
  /** The merge queue's pipeline. */
  readonly subject: PipelineSubject | undefined;
  readonly diagnosis: Diagnosis;
  readonly whose: Whose;
  /** The public repositories on which costs are told all the same. */
  readonly internalsOn: readonly string[];
}

/**
 * A run of a pull request failed, and what it is part of is stored: its author is told on the pull request, and in private once a head. A
 * failure that is over when we hear of it is only remembered.
 */
export async function pullFailed(tx: Transaction, failed: PullFailed, now: number): Promise<void> {
  const { run, subject, diagnosis, whose } = failed;
  const { repository, pullRequest } = run;
  if (pullRequest === undefined) return;
  const before = (await findPull(tx, repository, pullRequest)) ?? newPull(repository, pullRequest);
  const { slackUser, ...subjectId } = whose;
  const heard = heardRun({ ...before, ...subjectId, showsCosts: showsCosts(run, failed.internalsOn) }, toPullRun(run, true));
  const isFirst = !before.runs.some((one) => one.isRed && isSameAttempt(one, run));
  const pull = isFirst ? await withShared(tx, heard, run, subject, diagnosis) : heard;
  const current = standingOf(pull).red.find((one) => isSameAttempt(one, run));
  if (!current) return keepPull(tx, pull);
  const shown = { ...pull, isShown: pull.isShown || pull.subjectId !== undefined };
  // The merge queue tells by itself that it lets go.
  const told = current.place === "queue" ? shown : await tellAuthor(tx, shown, current, slackUser, await findOut(tx, shown), now);
  await keepPull(tx, told);
  await showCostsLater(tx, told, run, now);
}

/** Notes what the run is part of. */
async function withShared(
  tx: Transaction,
  pull: PullFailures,
  run: FinishedRun,
  subject: PipelineSubject | undefined,
  diagnosis: Diagnosis,
): Promise<PullFailures> {
  const open = await tx.incidents.open(run.repository);
  const parts = partsAmong(open, diagnosis);
  const own = subject && open.find(({ key }) => key === keyOf(subject));
  const with_ = (one: PullRun): PullRun => ({ ...one, parts, ...(own && { incident: own.number }) });
  for (const incident of open)
    if (incident === own || parts.some((part) => part.incident === incident.number)) await join(tx, incident, pull.number);
  return withRun(pull, run, with_);
}

/** What is done about it, or would be, stands beside the failure. */
export async function notePullFixes(tx: Transaction, run: FinishedRun, fixes: readonly FixDecision[]): Promise<void> {
  if (run.pullRequest === undefined || fixes.length === 0) return;
  const before = await findPull(tx, run.repository, run.pullRequest);
  if (before)
    await keepPull(
      tx,
      withRun(before, run, (one) => ({
        ...one,
        fixes: withTriage(
          fixes,
          one.fixes.filter(({ by }) => by === "triage"),
        ),
      })),
    );
}

/** What models made of it stands there, too. */
export async function notePullTriage(tx: Transaction, run: FinishedRun, triage: readonly FixDecision[]): Promise<void> {
  if (run.pullRequest === undefined) return;
  const before = await findPull(tx, run.repository, run.pullRequest);
  if (before)
    await keepPull(
      tx,
      withRun(before, run, (one) => ({ ...one, fixes: withTriage(one.fixes, triage) })),
    );
}

export async function keepPull(tx: Transaction, pull: PullFailures): Promise<void> {
  await putPull(tx, pull);
  await showPull(tx, pull);
}
