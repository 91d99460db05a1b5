import { Kysely } from "kysely";
import type { Claims } from "../../pipeline/claims.ts";
import type { Keys } from "../../pipeline/keys.ts";
import { withEchoes } from "../../pipeline/mirror/echo.ts";
import type { DeadLetters, QueueWorker } from "../../pipeline/queue.ts";
import type { Records, Transaction } from "../../pipeline/records.ts";
import { kyselyAsks } from "../records/asks.ts";
import { kyselyAudit } from "../records/audit.ts";
import { kyselyBackoff } from "../records/backoff.ts";
import { kyselyBudgets } from "../records/budgets.ts";
import { kyselyDecisions } from "../records/decisions.ts";
import { kyselyDiagnoses } from "../records/diagnoses.ts";
import { kyselyFreezes } from "../records/freezes.ts";
import { kyselyHeldMessages, kyselyNotes } from "../records/held.ts";
import { kyselyIncidents } from "../records/incidents.ts";
import { kyselyKnownIssues } from "../records/known-issues.ts";
import { kyselyLedger } from "../records/ledger.ts";
import { kyselyLinks } from "../records/links.ts";
import { kyselyMirrors } from "../records/mirrors.ts";
import { kyselyObserved } from "../records/observed.ts";
import { kyselyOperations } from "../records/operations.ts";
import { kyselyOutbox } from "../records/outbox.ts";
import { kyselyMutes, kyselyWatches } from "../records/personal.ts";
import { kyselyPhaseChanges } from "../records/phase-changes.ts";
import { kyselyReservations } from "../records/reservations.ts";
import { kyselyRunnerMinutes } from "../records/runner-minutes.ts";
import { kyselySubscriptions } from "../records/subscriptions.ts";
import type { RecordTables } from "../records/tables.ts";
import { Alarm } from "./alarm.ts";
import { sqliteClaims } from "./claims.ts";
import { GroupCommit } from "./group-commit.ts";
import { Intake } from "./intake.ts";
import { JobTable } from "./job-table.ts";
import { keyvKeys } from "./keys.ts";
import { SqliteKeyvStore } from "./keyv-store.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { openConnection } from "./open-connection.ts";
import { purge, purgeNowAndThen } from "./purge.ts";
import { embeddedDeadLetters, embeddedQueue } from "./queue.ts";
import { EmbeddedWorker, type Log, type WorkerTiming, workerTiming } from "./worker.ts";

export interface EmbeddedOptions {
  /** Created with its folder when it does not exist; `:memory:` keeps nothing. */
  readonly file: string;
  readonly log?: Log;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly timing?: Partial<WorkerTiming>;
}

export interface EmbeddedState {
  readonly keys: Keys;
  readonly claims: Claims;
  readonly records: Records;
  readonly worker: QueueWorker;
  readonly deadLetters: DeadLetters;
  /** Removes what has expired; it also happens by itself every minute. */
  purge(): Promise<void>;
  /** Lets pending writes finish. Stop the worker first. */
  close(): Promise<void>;
}

/** All state in one SQLite file, for one machine. Throws a ServiceError that says what to do when the file cannot be used. */
export async function openEmbedded({
  file,
  log,
  now = () => Date.now(),
  random = Math.random,
  timing,
}: EmbeddedOptions): Promise<EmbeddedState> {
  const connection = await openConnection(file, random);
  const group = new GroupCommit(connection, random);
  const alarm = new Alarm();
  const intake = new Intake();
  const jobs = new JobTable(connection, now);

  const db = new Kysely<RecordTables>({ dialect: embeddedDialect(connection, () => group.assertInside()) });
  const queue = embeddedQueue(jobs, group, alarm, intake);
  const mirrors = kyselyMirrors(db);
  const tx: Transaction = {
    audit: kyselyAudit(db),
    outbox: withEchoes(kyselyOutbox(db, queue, now), mirrors, queue),
    operations: kyselyOperations(db, now),
    freezes: kyselyFreezes(db),
    subscriptions: kyselySubscriptions(db),
    held: kyselyHeldMessages(db),
    notes: kyselyNotes(db, now),
    watches: kyselyWatches(db),
    mutes: kyselyMutes(db),
    phases: kyselyPhaseChanges(db),
    backoff: kyselyBackoff(db),
    incidents: kyselyIncidents(db),
    diagnoses: kyselyDiagnoses(db),
    links: kyselyLinks(db),
    mirrors,
    knownIssues: kyselyKnownIssues(db),
    ledger: kyselyLedger(db),
    observed: kyselyObserved(db),
    asks: kyselyAsks(db),
    decisions: kyselyDecisions(db),
    runnerMinutes: kyselyRunnerMinutes(db),
    budgets: kyselyBudgets(db),
    reservations: kyselyReservations(db),
    queue,
  };

  const purgeAll = () => purge(connection, group, now);
  const endPurging = purgeNowAndThen(purgeAll, (error) => log?.warn({ err: error }, "expired state could not be removed"));

  return {
    keys: keyvKeys(new SqliteKeyvStore(connection, group, now)),
    claims: sqliteClaims(connection, group, now),
    records: { transaction: (work, options) => group.write(() => work(tx), options) },
    worker: new EmbeddedWorker({ jobs, group, alarm, intake, now, random, log, timing: { ...workerTiming, ...timing } }),
    deadLetters: embeddedDeadLetters(jobs, group, alarm),
    purge: purgeAll,
    async close() {
      endPurging();
      await group.close();
    },
  };
}
