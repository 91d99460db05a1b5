import { ServiceError, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type DigestMoment, lastDigest, nextDigest } from "../incidents/digest/digest-time.ts";
import { quietUntil } from "../policy/quiet-hours.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { endedPulls } from "./ended-pulls.ts";
import { gather, printOf } from "./gather.ts";
import { closedWeek, type Period, periodBefore } from "./period.ts";
import { mayStandOn, type Note, noteOf, putReport } from "./put-report.ts";
import { report } from "./report.ts";

/** The task of the job that looks each day whether there is a week to report, or one that was reported and has changed since. */
export const weeklyReportTask = "report-week";

const dayMs = 24 * 60 * 60_000;
/** A report that could not be told when it was due is told within this time. */
const lateByMs = 7 * dayMs;
/** Usage that comes within this time after the report changes it. */
const amendedForMs = 14 * dayMs;
/** Afterwards the report is told without what GitHub knows. */
const mostAttempts = 4;

type Needs = Pick<
  Services,
  | "records"
  | "reports"
  | "money"
  | "policies"
  | "followed"
  | "pullRequests"
  | "repositories"
  | "internalsOn"
  | "discussions"
  | "secrets"
  | "now"
>;

const isWanted = ({ channel, discussions }: Services["reports"]): boolean => channel !== undefined || discussions !== undefined;

const toJob = ({ date, at }: DigestMoment, suffix = ""): NewJob => ({
  id: `${weeklyReportTask}:${date}${suffix}`,
  task: weeklyReportTask,
  payload: { date },
  runAt: at,
});

/** Adds the next look and the newest one that is due. Their ids make each one, for any number of processes. */
export async function addReports(
  { queue }: Pick<Transaction, "queue">,
  { reports, money }: Pick<Needs, "reports" | "money">,
  now: number,
): Promise<void> {
  if (!isWanted(reports)) return;
  const time = { at: reports.at, zone: money.zone };
  for (const moment of [lastDigest(time, now), nextDigest(time, now)]) if (moment) await queue.add(toJob(moment));
}

/** Tells what the week that is over cost, once; nothing of one in which nothing was used. What is found in the ledger later edits what was told. */
export function createWeeklyReport(services: Needs): (job: Job) => Promise<void> {
  const { records, reports, policies, now } = services;
  return async ({ payload, attempt }) => {
    if (!isWanted(reports)) return;
    const { quietHours = [] } = policies.find(({ id }) => id === reports.channel) ?? {};
    const quietEnd = quietUntil(quietHours, now());
    if (quietEnd !== undefined) {
      const { date } = payload as { readonly date: string };
      await records.transaction(({ queue }) => queue.add(toJob({ date, at: quietEnd }, `:${quietEnd}`)));
      return;
    }
    for (const due of dueWeeks(services)) await tell(due, attempt >= mostAttempts, services);
  };
}

interface DueWeek {
  readonly week: Period;
  /** When its report is due, in milliseconds since the epoch. */
  readonly dueAt: number;
}

/** Those that are told or may still change, oldest first. */
function dueWeeks({ reports: { day, at }, money: { zone }, now }: Needs): readonly DueWeek[] {
  const newest = closedWeek(now(), zone);
  const second = periodBefore(newest, zone);
  const third = periodBefore(second, zone);
  return [third, second, newest]
    .map((week) => ({ week, dueAt: nextDigest({ at, zone, days: [day] }, week.until - 1)?.at ?? week.until }))
    .filter(({ dueAt }) => dueAt <= now() && now() - dueAt <= amendedForMs);
}

async function tell({ week, dueAt }: DueWeek, isLastAttempt: boolean, services: Needs): Promise<void> {
  const { records, reports, money, followed, pullRequests, now } = services;
  const { zone } = money;
  const monday = Temporal.Instant.fromEpochMilliseconds(week.since).toZonedDateTimeISO(zone).toPlainDate().toString();
  const key = `${weeklyReportTask}:${monday}`;
  const found = await records.transaction(async (tx) => {
    const print = await printOf(week, zone, tx.ledger);
    const note = await tx.notes.find<Note>(key);
    const isTooLate = !note && now() - dueAt > lateByMs;
    if (print === undefined || isTooLate || isTold(note, print)) return undefined;
    return { print, gathered: await gather(week, { zone, repositories: followed.map(({ repository }) => repository) }, tx) };
  });
  if (!found) return;

  const { candidates, ...known } = found.gathered;
  const orUnknown = <T>(ask: () => Promise<T>) => unlessAway(ask, isLastAttempt);
  const pulls = await orUnknown(() => endedPulls(candidates, week, pullRequests));
  const mayStand = await orUnknown(() => mayStandOn(reports.discussions, services));
  const told = report(week, { ...known, pulls, roi: reports.roi });
  await records.transaction(async (tx) => {
    // Another worker may have told the same meanwhile.
    const note = await tx.notes.find<Note>(key);
    if (isTold(note, found.print)) return;
    await putReport(tx, told, { monday, note, mayStand }, services);
    await tx.notes.put(key, { ...noteOf(told, found.print, pulls !== undefined && mayStand !== undefined, note) });
  });
}

const isTold = (note: Note | undefined, print: string): boolean => note?.print === print && note.isWhole;

/** GitHub is asked again for some time; a report without its words is better than none. */
async function unlessAway<T>(ask: () => Promise<T>, isLastAttempt: boolean): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError || (error instanceof ServiceError && isLastAttempt)) return undefined;
    throw error;
  }
}
