import type { Services } from "../services.ts";
import { toEvaluateBudgets } from "./budgets/evaluate-task.ts";
import { addDigests } from "./incidents/digest/on-digest.ts";
import { tickOverdue } from "./incidents/keep.ts";
import { checkSomeLinks } from "./linking/check-link.ts";
import { alertWhereEmpty } from "./on-call/alert-if-empty.ts";
import { settleLost } from "./operations/find-started.ts";
import { toFollow } from "./operations/follow-task.ts";
import { forgetTruths } from "./orchestrator/learn-truth.ts";
import { addTriageWeeks } from "./orchestrator/weekly-alert.ts";
import { keepInstallation } from "./pager/incident-key.ts";
import { toLookAtWatched } from "./personal/look-at-watched.ts";
import { releaseOverdue } from "./policy/release.ts";
import type { Transaction } from "./records.ts";
import { addReports } from "./reports/on-weekly-report.ts";

export const sweepTask = "sweep";
const sweepEveryMs = 10 * 60_000;
const afterStartMs = 60_000;

/** Deliveries may be listed late, so each sweep looks back over the one before. */
const overlapMs = 10 * 60_000;
/** GitHub repeats nothing older than three days. */
const longestSilenceMs = 3 * 24 * 60 * 60_000;
/** A bot that has never swept was not there to be told anything. */
const firstLookMs = 60 * 60_000;
const mostRedeliveries = 5;
const mostRuns = 100;
const mostWatched = 50;
const keepNotesMs = 90 * 24 * 60 * 60_000;

interface Log {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

type Needs = Pick<
  Services,
  | "records"
  | "keys"
  | "redeliveries"
  | "workflows"
  | "accounts"
  | "onCall"
  | "followed"
  | "policies"
  | "reports"
  | "timings"
  | "money"
  | "workspace"
  | "now"
  | "wait"
> & { readonly log: Log };

/** Adds the sweep that is due next; its id makes it one sweep for any number of processes. */
export function addNextSweep({ queue }: Transaction, now: number): Promise<unknown> {
  const slot = Math.floor(now / sweepEveryMs) + 1;
  return queue.add({ id: `sweep:${slot}`, task: sweepTask, payload: null, runAt: slot * sweepEveryMs, maxAttempts: 3 });
}

/** A process that comes back may have missed something, and people wait for it. */
export function addSweepAfterStart({ queue }: Transaction, now: number): Promise<unknown> {
  return queue.add({ id: `sweep:start:${now}`, task: sweepTask, payload: null, runAt: now + afterStartMs, maxAttempts: 3 });
}

/**
 * Asks again for what GitHub could not deliver, and reads again what may have gone on meanwhile: runs under way, what people watch,
 * linked accounts, and whether somebody is on call.
 */
export async function sweep(services: Needs): Promise<void> {
  const { records, policies, now, log } = services;
  await records.transaction((tx) => addNextSweep(tx, now()));
  const asked = await redeliverFailed(services);
  const runs = await records.transaction(async ({ operations, queue }) => {
    const open = await operations.openRuns(mostRuns);
    for (const run of open) await queue.add(toFollow(`sweep:${now()}:${run.runId}`, run));
    return open;
  });
  await records.transaction(async (tx) => {
    const { watches, notes, queue } = tx;
    for (const { repository, number } of await watches.pullRequests(mostWatched))
      await queue.add(toLookAtWatched(`sweep:${now()}:${repository}#${number}`, repository, { kind: "look", number }));
    await keepInstallation(tx);
    await notes.forget(now() - keepNotesMs);
    await releaseOverdue(tx, now());
    await addDigests(tx, policies, now());
    await addReports(tx, services, now());
    await addTriageWeeks(tx, services, now());
    await forgetTruths(tx, now());
    // What was imported beside us has touched budgets, too.
    await tx.queue.add(toEvaluateBudgets(now(), services.timings));
    await tickOverdue(tx, now());
  });
  const lost = await records.transaction(({ operations }) => operations.withoutRun());
  for (const operation of lost) await orLater(() => settleLost(operation, services), services);
  await orLater(() => checkSomeLinks(services), services);
  await orLater(() => alertWhereEmpty(services), services);
  log.debug({ redelivered: asked, runs: runs.length, lost: lost.length }, "swept");
}

/** One that cannot be looked for keeps the others from nothing: the next sweep comes. */
async function orLater(work: () => Promise<unknown>, { log }: Pick<Needs, "log">): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn({ err: error }, "the sweep left something for later");
  }
}

async function redeliverFailed(services: Needs): Promise<number> {
  const { redeliveries, keys, now, log } = services;
  const startedAt = now();
  const last = (await keys.get<number>("sweep:deliveries")) ?? startedAt - firstLookMs;
  const since = Math.max(last - overlapMs, startedAt - longestSilenceMs);
  try {
    const failed = (await redeliveries.failedSince(since)) ?? [];
    // Of several attempts the newest is asked for; what was taken in meanwhile is known by its GUID and done once.
    const newest = new Map(failed.toReversed().map((delivery) => [delivery.guid, delivery]));
    for (const { id, guid } of newest.values()) {
      const key = `redelivered:${guid}`;
      const times = (await keys.get<number>(key)) ?? 0;
      if (times >= mostRedeliveries) continue;
      await keys.set(key, times + 1, longestSilenceMs);
      await orLater(() => redeliveries.redeliver(id), services);
    }
    await keys.set("sweep:deliveries", startedAt, longestSilenceMs);
    return newest.size;
  } catch (error) {
    log.warn({ err: error }, "failed deliveries could not be asked for");
    return 0;
  }
}
