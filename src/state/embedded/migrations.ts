import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { createAskTables } from "../records/ask-tables.ts";
import { createAuditSearch } from "../records/audit-search.ts";
import { createFailures, createJobEnds } from "../records/backoff-tables.ts";
import { createBudgetTables } from "../records/budget-tables.ts";
import { createDecisionTables } from "../records/decision-tables.ts";
import { createDiagnosisTables } from "../records/diagnosis-tables.ts";
import { createIncidentTables } from "../records/incident-tables.ts";
import { createKnownIssueTables } from "../records/known-issues.ts";
import { createLinkTables } from "../records/links.ts";
import { createMirrorTables } from "../records/mirrors.ts";
import { createObservationTables } from "../records/observed.ts";
import { createPhaseTables } from "../records/phase-tables.ts";
import { createPolicyTables } from "../records/policy-tables.ts";
import { createRunnerTables } from "../records/runner-tables.ts";
import { createOperationTables, createRecordTables } from "../records/tables.ts";
import { addAttemptAndCommit, createModelIndex, createUsageTables } from "../records/usage-tables.ts";

/** In order, each applied once and never changed afterwards; the name of a new one sorts behind all others. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-records": {
    up: (db: Kysely<never>) => createRecordTables(db, (column) => column.autoIncrement()),
  },

  "0002-keys-and-claims": {
    async up(db: Kysely<never>) {
      await sql`CREATE TABLE keys (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, expires_at INTEGER) WITHOUT ROWID`.execute(db);
      await sql`CREATE INDEX keys_expiry ON keys (expires_at) WHERE expires_at IS NOT NULL`.execute(db);
      // `result` is NULL while somebody is at it; `free_at` is when their lease, or the kept result, ends.
      await sql`CREATE TABLE claims (
        key TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL, free_at INTEGER NOT NULL, result TEXT
      ) WITHOUT ROWID`.execute(db);
      await sql`CREATE INDEX claims_expiry ON claims (free_at)`.execute(db);
    },
  },

  "0003-jobs": {
    async up(db: Kysely<never>) {
      // is_head: no live job of its lane was added before it, so it may run. due_at: when it may run or, while it runs, when its lease
      // ends. lease counts who got the job and fences off all but the last. The payload is last: a large one overflows the page.
      await sql`CREATE TABLE jobs (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        task TEXT NOT NULL,
        lane TEXT,
        state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'done', 'dead')),
        is_head INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        lease INTEGER NOT NULL DEFAULT 0,
        attempt INTEGER NOT NULL DEFAULT 0,
        max_attempts INTEGER NOT NULL,
        ended_at INTEGER,
        error TEXT,
        payload TEXT NOT NULL
      )`.execute(db);
      await sql`CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'live' AND is_head = 1`.execute(db);
      await sql`CREATE INDEX jobs_lane ON jobs (lane, seq) WHERE state = 'live' AND lane IS NOT NULL`.execute(db);
      await sql`CREATE INDEX jobs_ended ON jobs (state, ended_at) WHERE state <> 'live'`.execute(db);
    },
  },

  "0004-operations": {
    up: (db: Kysely<never>) => createOperationTables(db),
  },

  "0005-links": {
    up: (db: Kysely<never>) => createLinkTables(db),
  },

  "0006-phases": {
    async up(db: Kysely<never>) {
      await createPhaseTables(db);
      await createFailures(db);
    },
  },

  "0007-policy": {
    up: (db: Kysely<never>) => createPolicyTables(db),
  },

  "0008-mirror": {
    up: (db: Kysely<never>) => createMirrorTables(db),
  },

  "0009-audit-search": {
    up: (db: Kysely<never>) => createAuditSearch(db),
  },

  "0010-incidents": {
    up: (db: Kysely<never>) => createIncidentTables(db),
  },

  "0011-diagnoses": {
    up: (db: Kysely<never>) => createDiagnosisTables(db),
  },

  "0012-job-failures": {
    up: (db: Kysely<never>) => createJobEnds(db),
  },

  "0013-known-issues": {
    up: (db: Kysely<never>) => createKnownIssueTables(db),
  },

  "0014-usage": {
    up: (db: Kysely<never>) => createUsageTables(db),
  },

  "0015-imports": {
    async up(db: Kysely<never>) {
      await sql`CREATE TABLE import_files (
        destination TEXT NOT NULL, path TEXT NOT NULL, position INTEGER NOT NULL, fingerprint TEXT NOT NULL, seen TEXT NOT NULL,
        PRIMARY KEY (destination, path)
      ) WITHOUT ROWID`.execute(db);
    },
  },

  "0016-runner-minutes": {
    up: (db: Kysely<never>) => createRunnerTables(db),
  },

  "0017-budgets": {
    up: (db: Kysely<never>) => createBudgetTables(db),
  },

  "0018-usage-by-model": {
    up: (db: Kysely<never>) => createModelIndex(db),
  },

  "0019-usage-by-commit": {
    up: (db: Kysely<never>) => addAttemptAndCommit(db),
  },

  "0020-observations": {
    up: (db: Kysely<never>) => createObservationTables(db),
  },

  "0021-asks": {
    up: (db: Kysely<never>) => createAskTables(db),
  },

  "0022-decisions": {
    up: (db: Kysely<never>) => createDecisionTables(db),
  },
};
