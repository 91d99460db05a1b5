import type { OutgoingMessage } from "../../../src/pipeline/outbox.ts";
import type { QuietWindow } from "../../../src/pipeline/policy/rule.ts";
import type { PullRequestEnd } from "../../../src/pipeline/pull-requests.ts";
import type { NewJob } from "../../../src/pipeline/queue.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import { addReports, createWeeklyReport, weeklyReportTask } from "../../../src/pipeline/reports/on-weekly-report.ts";
import type { WeeklyReports } from "../../../src/pipeline/reports/weekly-reports.ts";
import type { LedgerEntry } from "../../../src/pipeline/usage/ledger.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { anEntry } from "../../contracts/ledger.ts";

const hourMs = 60 * 60_000;

export interface ReportingOptions {
  readonly at: string;
  readonly zone?: string;
  readonly reports?: Partial<WeeklyReports>;
  readonly quietHours?: readonly QuietWindow[];
  readonly internalsOn?: readonly string[];
  /** A worker dies after it did its work: every job runs twice. */
  readonly isTwice?: boolean;
}

export interface Reporting {
  now: number;
  readonly records: Records;
  /** What GitHub says: whether the repository is private, and how pull requests ended; thrown where it is away. */
  readonly github: { isPrivate: boolean; ends: Map<number, PullRequestEnd>; fails?: Error };
  readonly asked: string[];
  spend(day: string, amount: string, changes?: Partial<LedgerEntry>): Promise<void>;
  /** Lets time pass, with a sweep whenever a job is due; what fails is tried again after an hour. */
  until(moment: string): Promise<void>;
  messages(): readonly OutgoingMessage[];
  versions(key: string): number;
  close(): Promise<void>;
}

/** The weekly report on real state with a clock of its own; its jobs are run here when they are due. */
export async function startReporting(options: ReportingOptions): Promise<Reporting> {
  const { zone = "Europe/Berlin", reports, quietHours = [], internalsOn = [], isTwice = false } = options;
  let now = Date.parse(options.at);
  const state = await openEmbedded({ file: ":memory:", now: () => now });
  const jobs = new Map<string, NewJob & { attempt: number; isDone?: true }>();
  const sent = new Map<string, OutgoingMessage & { version: number }>();
  const github: Reporting["github"] = { isPrivate: true, ends: new Map() };
  const asked: string[] = [];
  const records: Records = {
    transaction: (work) =>
      state.records.transaction((tx) =>
        work({
          ...tx,
          queue: {
            async add(job) {
              if (!jobs.has(job.id)) jobs.set(job.id, { ...job, attempt: 0 });
              return tx.queue.add(job);
            },
          },
          outbox: {
            ...tx.outbox,
            async put(message) {
              await tx.outbox.put(message);
              const { version = 0 } = (await tx.outbox.find(message.key)) ?? {};
              sent.set(message.key, { ...message, version });
            },
          },
        }),
      ),
  };
  const services = {
    records,
    reports: {
      channel: "C1",
      day: "mon",
      at: "09:00",
      roi: { hourlyRateUsd: 120, minutesSavedPerSession: { low: 10, mid: 30, high: 45 } },
      ...reports,
    },
    money: { zone },
    policies: [{ id: "C1", repositories: ["acme/shop"], quietHours }],
    followed: [],
    discussions: [{ repository: "acme/shop", category: "reports" }],
    pullRequests: {
      openBy: async () => [],
      idOf: async () => undefined,
      authorOf: async () => undefined,
      ofHead: async () => undefined,
      async endsOf(repository: string, numbers: readonly number[]) {
        asked.push(`${repository}#${numbers.join(",")}`);
        if (github.fails) throw github.fails;
        return github.ends;
      },
    },
    internalsOn,
    repositories: { isPrivate: async () => github.isPrivate },
    secrets: [],
    now: () => now,
  } as const;
  const run = createWeeklyReport(services);

  async function settle(): Promise<void> {
    for (const job of jobs.values()) {
      if (job.isDone || (job.runAt ?? 0) > now || job.task !== weeklyReportTask) continue;
      job.attempt += 1;
      const again = () => run({ ...job, signal: new AbortController().signal });
      try {
        await again();
        if (isTwice) await Promise.all([again(), again()]);
        job.isDone = true;
      } catch (error) {
        if (error !== github.fails) throw error;
      }
    }
  }

  let requests = 0;
  return {
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    records,
    github,
    asked,
    async spend(day, amount, changes = {}) {
      requests += 1;
      const costPico = parseUsd(amount) ?? 0n;
      const entry = anEntry({ id: `anthropic:${requests}`, at: Date.parse(day), costPico, repository: "acme/shop", ...changes });
      await records.transaction(({ ledger }) => ledger.append([entry]));
    },
    async until(moment) {
      const end = Date.parse(moment);
      for (;;) {
        await records.transaction((tx) => addReports(tx, services, now));
        await settle();
        if (now >= end) return;
        const waiting = [...jobs.values()].filter(({ isDone }) => !isDone);
        now = Math.min(end, ...waiting.map(({ runAt = 0 }) => (runAt > now ? runAt : now + hourMs)));
      }
    },
    messages: () => [...sent.values()],
    versions: (key) => sent.get(key)?.version ?? 0,
    close: () => state.close(),
  };
}
