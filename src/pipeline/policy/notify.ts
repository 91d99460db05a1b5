import { ServiceError, storage, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { incidentChannelOf, isToldAsIncident } from "../incidents/told-where.ts";
import { revise } from "../outbox.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { decide, type EffectivePolicy, type Facts, mayHearOf } from "./decide.ts";
import { describeRun, lineOf, nowOver } from "./describe-run.ts";
import { type FinishedRun, subjectOf } from "./finished-run.ts";
import type { ChannelPolicy } from "./rule.ts";
import { correctRoot, keyIn, type Saying, say } from "./say.ts";
import { advance, type Mark, type Standing, type Transition } from "./standing.ts";

/** The task of the job that tells the channels of a run. */
export const notifyTask = "notify-run";

/** After this many attempts a rule that cannot be checked is taken to fit: rather too much than nothing. */
const patientAttempts = 5;

/** One a run's attempt, however often it is delivered; those of a workflow one after the other, because each is judged by the one before. */
export const toNotify = (run: FinishedRun): NewJob => ({
  id: `notify:${run.repository.toLowerCase()}:${run.runId}:${run.attempt}`,
  task: notifyTask,
  payload: { ...run },
  lane: `notify:${run.repository.toLowerCase()}:${run.workflowId}`,
});

export type NotifyNeeds = Pick<Services, "records" | "policies" | "runFacts" | "followed" | "branches" | "now">;

/** Tells every channel whose policy wants to hear of it that a run has ended. */
export function createNotify(needs: NotifyNeeds): (job: Job) => Promise<void> {
  const { records, policies, runFacts, now } = needs;
  return async ({ payload, attempt }) => {
    const run = payload as unknown as FinishedRun;
    const before = await records.transaction(async (tx) => ({
      standing: await standingOf(run, tx),
      effective: await effectivePolicies(policies, tx),
    }));
    const { transition } = advance(before.standing, run);
    const isLastTry = attempt > patientAttempts;
    const facts = await factsFor(before.effective, run, transition, runFacts, isLastTry);
    const elsewhere = await channelOfIncident(run, before.effective, transition, needs, isLastTry);
    await records.transaction((tx) => tell(run, { facts, elsewhere }, policies, tx, now()));
  };
}

interface Known {
  readonly facts: Facts;
  /** The channel that hears of it as an incident, and by no rule as well. */
  readonly elsewhere: string | undefined;
}

/** Everything that comes of it is one transaction: a run that has been told of is known by its standing. */
async function tell(
  run: FinishedRun,
  { facts, elsewhere }: Known,
  policies: readonly ChannelPolicy[],
  tx: Transaction,
  now: number,
): Promise<void> {
  const before = await standingOf(run, tx);
  const { transition, after } = advance(before, run);
  if (transition === "seen") return;
  if (after && after !== before) await tx.notes.put(standingKey(run), { ...after } as never);

  for (const policy of await effectivePolicies(policies, tx)) {
    const { channel } = policy;
    if (!mayHearOf(run, channel)) continue;
    if (transition === "recovered" && before?.redSince) await endFailure(channel.id, before.redSince, run, tx);
    const decision = decide(policy, run, transition, facts);
    const isTwice = channel.id === elsewhere && isToldAsIncident(run, transition);
    if (decision.kind === "tell" && !isTwice) await say(tx, channel, toSaying(run, transition, decision.unchecked), now);
    else await correctRoot(tx, channel, toSaying(run, transition, []));
  }
}

const nameOf = ({ repository }: FinishedRun, { runId, attempt }: Pick<Mark, "runId" | "attempt">): string =>
  `run:${repository.toLowerCase()}:${runId}:${attempt}`;

const toSaying = (run: FinishedRun, transition: Transition, unchecked: Parameters<typeof describeRun>[2]): Saying => ({
  name: nameOf(run, run),
  repository: run.repository,
  subject: subjectOf(run),
  headSha: run.headSha,
  topic: String(run.workflowId),
  isStanding: transition !== "overtaken" && transition !== "other",
  line: lineOf(run, transition),
  reply: describeRun(run, transition, unchecked),
});

/** The message of the failure says what has become of it, whether or not the channel wants to hear of recoveries: an edit disturbs nobody. */
async function endFailure(channel: string, failure: Mark, run: FinishedRun, { outbox }: Transaction): Promise<void> {
  const key = keyIn(channel, nameOf(run, failure));
  const told = (await outbox.find(key))?.answers[0];
  if (told) await revise(outbox, key, 0, nowOver(told.reply, run));
}

const standingKey = (run: FinishedRun): string => `standing:${subjectOf(run).key}:${run.workflowId}`;
const standingOf = (run: FinishedRun, { notes }: Transaction): Promise<Standing | undefined> => notes.find<Standing>(standingKey(run));

/** Of every channel that the file or a subscription names. */
async function effectivePolicies(policies: readonly ChannelPolicy[], { subscriptions }: Transaction): Promise<readonly EffectivePolicy[]> {
  const byChannel = Map.groupBy(await subscriptions.list(), ({ channel }) => channel);
  const unbound = [...byChannel.keys()]
    .filter((id) => !policies.some((policy) => policy.id === id))
    .map((id) => ({ id, repositories: [] }));
  return [...policies, ...unbound].map((channel) => ({ channel, subscribed: (byChannel.get(channel.id) ?? []).map(({ rule }) => rule) }));
}

/** Asks GitHub for what the decisions hang on, and for nothing else. */
async function factsFor(
  effective: readonly EffectivePolicy[],
  run: FinishedRun,
  transition: Transition,
  runFacts: NotifyNeeds["runFacts"],
  isLastTry: boolean,
): Promise<Facts> {
  const asks = effective.map((policy) => decide(policy, run, transition)).filter((decision) => decision.kind === "ask");
  const of = run.pullRequest === undefined ? { commit: run.headSha } : { pullRequest: run.pullRequest };
  const changed = asks.some((one) => one.changed) ? await orUnknown(() => runFacts.changedFiles(run.repository, of), isLastTry) : undefined;
  const teams: Record<string, boolean | "unknown"> = {};
  for (const team of new Set(asks.flatMap((one) => one.teams)))
    teams[team] = await orUnknown(() => runFacts.isInTeam(run.repository, team, run.actor.login), isLastTry);
  return { ...(changed !== undefined && { changed }), teams };
}

/** Looked up only where a rule would tell the same there. */
async function channelOfIncident(
  run: FinishedRun,
  effective: readonly EffectivePolicy[],
  transition: Transition,
  { followed, branches }: NotifyNeeds,
  isLastTry: boolean,
): Promise<string | undefined> {
  const channels = new Set(followed.map(({ channel }) => channel));
  const mayBeTwice = effective.some((policy) => channels.has(policy.channel.id) && decide(policy, run, transition).kind !== "quiet");
  if (!mayBeTwice || !isToldAsIncident(run, transition)) return undefined;
  const channel = await orUnknown(async () => incidentChannelOf(run, followed, branches), isLastTry);
  return channel === "unknown" ? undefined : channel;
}

async function orUnknown<T>(ask: () => Promise<T>, isLastTry: boolean): Promise<T | "unknown"> {
  try {
    return await ask();
  } catch (error) {
    // The App was taken from the repository meanwhile.
    if (error instanceof UserError) return "unknown";
    if (!(error instanceof ServiceError) || error.service === storage || (error.retryable && !isLastTry)) throw error;
    return "unknown";
  }
}
