import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { ownStats } from "../../config/own-stats.ts";
import { ServiceError, storage } from "../../errors.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import { adviceSchema, sqliteAdvice } from "./advice.ts";
import { commandFailuresSchema, sqliteCommandFailures } from "./command-failures.ts";
import { commitBackoffSchema, sqliteCommitBackoff } from "./commit-backoff.ts";
import { issueSightingsSchema, sqliteIssueSightings } from "./issue-sightings.ts";
import { marksSchema, sqliteMarks } from "./marks.ts";
import { onceSchema, sqliteOnce } from "./once.ts";
import { phaseLogSchema, sqlitePhaseLog } from "./phase-log.ts";
import { promptsSchema, sqlitePrompts } from "./prompts.ts";
import { requestsSchema, sqliteRequests } from "./requests.ts";
import { sessionsSchema, sqliteSessions } from "./sessions.ts";
import { spoolSchema, sqliteSpool } from "./spool.ts";
import { sqliteStandings, standingsSchema } from "./standings.ts";
import { sqliteStatusLog, statusLogSchema } from "./status-log.ts";

/** Of the tables below; a file with an older one is brought up to date when it is opened. */
const schemaVersion = 1;
const schema = [
  marksSchema,
  onceSchema,
  phaseLogSchema,
  promptsSchema,
  requestsSchema,
  sessionsSchema,
  spoolSchema,
  standingsSchema,
  commandFailuresSchema,
  commitBackoffSchema,
  issueSightingsSchema,
  adviceSchema,
  statusLogSchema,
].join("\n");
/** How long a process waits for others. */
const lockTimeoutMs = 5_000;
const busy = 5;
const inMemory = ":memory:";

/**
 * Opens what the hooks of a checkout remember, and makes it where it is missing.
 *
 * @throws ServiceError where it cannot be opened
 */
export function openJournal(file: string): Journal {
  return inWords(file, () => {
    if (file !== inMemory) prepareFile(file);
    const database = new DatabaseSync(file, { timeout: lockTimeoutMs });
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    prepare(database);
    return journalIn(database, file);
  });
}

/** A checkout may bring something else in its place: SQLite would follow a link, and make tables in what it finds there. */
function prepareFile(file: string): void {
  try {
    makeHiddenFolder(dirname(file));
    const stats = ownStats(file);
    if (!stats) writeFileSync(file, "", { flag: "a", mode: 0o600 });
    else if (!stats.isFile()) throw new Error("it is no file");
  } catch (error) {
    throw unusable(file, (error as Error).message, error);
  }
}

function prepare(database: DatabaseSync): void {
  const versionIn = () => (database.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
  if (versionIn() === schemaVersion) return;
  database.exec("BEGIN IMMEDIATE");
  // Another process may have done it meanwhile.
  if (versionIn() < schemaVersion) database.exec(`${schema}; PRAGMA user_version = ${schemaVersion}`);
  const found = versionIn();
  database.exec("COMMIT");
  if (found > schemaVersion) throw new Error("a newer version of nextrust has written it: update this one");
}

function journalIn(database: DatabaseSync, file: string): Journal {
  let depth = 0;
  const transaction = <T>(work: () => T): T =>
    inWords(file, () => {
      if (depth > 0) return work();
      database.exec("BEGIN IMMEDIATE");
      depth += 1;
      try {
        const done = work();
        database.exec("COMMIT");
        return done;
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      } finally {
        depth -= 1;
      }
    });
  return {
    transaction,
    marks: sqliteMarks(database),
    backoff: sqliteCommitBackoff(database, transaction),
    failures: sqliteCommandFailures(database, transaction),
    issues: sqliteIssueSightings(database),
    once: sqliteOnce(database),
    advice: sqliteAdvice(database, transaction),
    phases: sqlitePhaseLog(database),
    prompts: sqlitePrompts(database),
    requests: sqliteRequests(database),
    sessions: sqliteSessions(database, transaction),
    spool: sqliteSpool(database, transaction),
    statusLog: sqliteStatusLog(database, transaction),
    standings: sqliteStandings(database, transaction, file === ":memory:" ? undefined : dirname(file)),
    close: () => database.close(),
  };
}

function inWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode, message } = error as Error & { readonly errcode?: number };
    if (errcode === undefined && error instanceof ServiceError) throw error;
    if (errcode === undefined && !message.startsWith("a newer version")) throw error;
    const why = errcode !== undefined && errcode % 256 === busy ? "other processes have locked it for 5 seconds" : message;
    throw unusable(file, why, error);
  }
}

const unusable = (file: string, why: string, cause: unknown): ServiceError =>
  new ServiceError(`${file} cannot be used: ${why}.`, { service: storage, retryable: true, cause });
