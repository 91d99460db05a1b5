import { facts, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { type DigestMoment, lastDigest, nextDigest } from "../incidents/digest/digest-time.ts";
import type { Followed } from "../incidents/followed.ts";
import { quietUntil } from "../policy/quiet-hours.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { closedWeek, periodInWords } from "../reports/period.ts";
import { showShare } from "../reports/words.ts";
import { rightInWords } from "./describe-score.ts";
import { type Score, scoreOf } from "./score.ts";

/** The task of the job that looks each week how decisions turned out. */
export const triageWeekTask = "triage-week";

/** Fewer say nothing. */
const fewest = 10;
/** Of failures, that are to be decided without a person. */
const wantedShare = 0.9;
const lateByMs = 7 * 24 * 60 * 60_000;
export const mostDecisions = 10_000;

type Needs = Pick<Services, "records" | "reports" | "money" | "followed" | "policies" | "now">;

const toJob = ({ date, at }: DigestMoment, suffix = ""): NewJob => ({
  id: `${triageWeekTask}:${date}${suffix}`,
  task: triageWeekTask,
  payload: { date },
  runAt: at,
});

const watched = (followed: readonly Followed[]): readonly Followed[] => followed.filter(({ triage }) => triage.mode !== "off");

/** Adds the next look and the newest one that is due, when weekly reports are. Their ids make each one, for any number of processes. */
export async function addTriageWeeks(
  { queue }: Pick<Transaction, "queue">,
  { reports, money, followed }: Pick<Needs, "reports" | "money" | "followed">,
  now: number,
): Promise<void> {
  if (watched(followed).length === 0) return;
  const time = { at: reports.at, zone: money.zone, days: [reports.day] };
  for (const moment of [lastDigest(time, now), nextDigest(time, now)])
    if (moment && now - moment.at < lateByMs) await queue.add(toJob(moment));
}

/** Tells, once a week, where too little was decided without a person or that was wrong too often. */
export function createTriageWeek(services: Needs): (job: Job) => Promise<void> {
  const { records, money, followed, policies, now } = services;
  return async ({ payload }) => {
    const { date } = payload as { readonly date: string };
    const week = closedWeek(now(), money.zone);
    const monday = Temporal.Instant.fromEpochMilliseconds(week.since).toZonedDateTimeISO(money.zone).toPlainDate().toString();
    await records.transaction(async (tx) => {
      for (const { repository, channel: incidents, triage } of watched(followed)) {
        const score = scoreOf(await tx.decisions.list({ repository, ...week }, mostDecisions));
        const problems = problemsOf(score);
        if (problems.length === 0) continue;
        const channel = money.channel ?? incidents;
        const quietEnd = quietUntil(policies.find(({ id }) => id === channel)?.quietHours ?? [], now());
        if (quietEnd !== undefined) {
          await tx.queue.add(toJob({ date, at: quietEnd }, `:${quietEnd}`));
          continue;
        }
        const reply = describeAlert(repository, periodInWords(week, money.zone), { score, problems, mode: triage.mode });
        const key = `triage-alert:${repository.toLowerCase()}:${monday}`;
        await tx.outbox.put({
          key,
          lane: `triage-alert:${channel}`,
          address: { surface: "slack_post", to: { channel } },
          answers: [{ reply }],
        });
      }
    });
  };
}

/** What is wrong with a week, and what can be done about it. */
export function problemsOf({ failures, withoutPerson, decided, baseline }: Score): readonly string[] {
  const isShareLow = failures >= fewest && withoutPerson < wantedShare * failures;
  const isWrong = decided.known >= fewest && decided.right * baseline.known < baseline.right * decided.known;
  return [
    ...(isShareLow
      ? [
          `Only ${showShare(withoutPerson, failures)} of its failures were decided without a person; 90 % are wanted. See in analytics who could not decide: an entry in the known issues for what comes often is the cheapest remedy.`,
        ]
      : []),
    ...(isWrong
      ? [
          "What was decided was right less often than “always retry once” would have been. Until it is better, set triage.mode to suggest, or raise triage.minConfidence.",
        ]
      : []),
  ];
}

interface Alert {
  readonly score: Score;
  readonly problems: readonly string[];
  readonly mode: string;
}

function describeAlert(repository: string, words: string, { score, problems, mode }: Alert): Reply {
  const { failures, withoutPerson, decided, baseline } = score;
  return {
    outcome: "done",
    reason: "triage_alert",
    audience: "channel",
    parts: [
      text(`Triage of ${repository} needs a look (${words})`, "bad"),
      ...problems.map((problem) => text(problem)),
      facts(
        { label: "Decided without a person", value: `${withoutPerson} of ${failures}` },
        { label: "Right, where the end is known", value: rightInWords(decided) },
        { label: "“Always retry once” on the same failures", value: rightInWords(baseline) },
        { label: "Mode", value: mode },
      ),
    ],
    actions: [{ label: "Analytics", command: `analytics ${repository}@` }],
  };
}
