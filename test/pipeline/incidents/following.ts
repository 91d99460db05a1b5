import type { JobResult } from "../../../src/pipeline/failures/history.ts";
import { createDigest, digestTask } from "../../../src/pipeline/incidents/digest/on-digest.ts";
import { createFixRun, fixRunTask } from "../../../src/pipeline/incidents/fix-run.ts";
import type { Followed } from "../../../src/pipeline/incidents/followed.ts";
import { tickTask } from "../../../src/pipeline/incidents/keep.ts";
import { createEndedRun, endedRunTask, toEndedRun } from "../../../src/pipeline/incidents/on-ended-run.ts";
import { createPagerSaid } from "../../../src/pipeline/incidents/on-pager-said.ts";
import { createTick } from "../../../src/pipeline/incidents/on-tick.ts";
import { createDequeued, dequeuedTask } from "../../../src/pipeline/incidents/pulls/on-dequeued.ts";
import { createShowPull, showPullTask } from "../../../src/pipeline/incidents/pulls/show-pull.ts";
import { createShow, showTask } from "../../../src/pipeline/incidents/show.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { OutgoingMessage, SlackPostAddress } from "../../../src/pipeline/outbox.ts";
import { type Page, pageTask } from "../../../src/pipeline/pager/page.ts";
import { pagerSaidTask } from "../../../src/pipeline/pager/pager-said.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { ChannelPolicy } from "../../../src/pipeline/policy/rule.ts";
import type { Handlers, NewJob } from "../../../src/pipeline/queue.ts";
import type { Records, Transaction } from "../../../src/pipeline/records.ts";
import type { Services } from "../../../src/services.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { aTriage } from "../orchestrator/a-triage.ts";

/** What GitHub shows of a failed job: its log. */
export interface FailingJob {
  readonly name: string;
  readonly log: string;
}

export interface FollowingOptions {
  readonly at: number;
  readonly followed?: Partial<Followed>;
  readonly policy?: Partial<ChannelPolicy>;
  readonly isPaging?: boolean;
  readonly onCall?: readonly string[];
  /** The author of each pull request in Slack, where they are linked; its number is their account's. */
  readonly authors?: Readonly<Record<number, string>>;
  /** The pull requests whose branch lies in a fork, by their head. */
  readonly forks?: Readonly<Record<string, number>>;
  /** Who may read the repository no more. */
  readonly isShutOut?: boolean;
  /** A file keeps the state over `restart`. */
  readonly file?: string;
}

export interface Following {
  now: number;
  readonly services: ReturnType<typeof servicesOf>;
  readonly records: Records;
  /** A delivery tells that a run ended; the same one again changes nothing. */
  end(run: FinishedRun, jobs?: readonly FailingJob[]): Promise<void>;
  /** The same as `end`, as if a worker had died before it could say that it was done. */
  endAgain(run: FinishedRun): Promise<void>;
  add(job: NewJob): Promise<void>;
  /** Lets time pass until then, and everything be done when it is due. */
  until(at: number): Promise<void>;
  /** Every message, as it now stands, in the order in which they were begun. */
  messages(): readonly OutgoingMessage[];
  /** How often each message was sent or edited, by its key. */
  versions(): ReadonlyMap<string, number>;
  pages(): readonly Page[];
  isQueued(id: string): boolean;
  /** Closes the state and opens it again; what was caught is kept. Only with a file. */
  restart(): Promise<Following>;
  close(): Promise<void>;
}

const repository = "acme/shop";

function servicesOf(records: Records, options: FollowingOptions, now: () => number, logs: Map<number, FailingJob[]>) {
  const followed: Followed = {
    repository,
    channel: "C1",
    autoFix: { mode: "suggest", retry: true, workflows: [] },
    triage: aTriage(),
    postMortem: false,
    ...(options.onCall && { onCall: "core" }),
    ...options.followed,
  };
  const people = options.onCall ?? [];
  return {
    records,
    internalsOn: [],
    followed: [followed],
    policies: [{ id: "C1", repositories: [repository], ...options.policy }],
    discussions: [{ repository, category: "ci" }],
    now,
    timings,
    pager: options.isPaging ? { tell: async () => {} } : undefined,
    branches: { isProtected: async (_: string, branch: string) => branch.startsWith("release/") },
    blame: { between: async () => [], codeOwners: async () => [] },
    links: {
      of: async () => undefined,
      slackUserOf: async (account: number) => options.authors?.[account],
      pinned: { of: () => undefined, slackUserOf: () => undefined },
    },
    onCall: {
      schedules: people.length > 0 ? ["core"] : [],
      at: async (schedule: string) => ({ schedule, now: { people }, isEmpty: people.length === 0 }),
    },
    workspace: { member: async (user: string) => ({ name: user, kind: "member" }) } as unknown as Services["workspace"],
    runs: {
      jobs: async (_: string, runId: number) =>
        (logs.get(runId) ?? []).map(({ name }, index) => ({
          id: runId * 100 + index,
          name,
          state: "failed",
          isOver: true,
          attempt: 1,
          url: `https://github.example/jobs/${runId * 100 + index}`,
        })),
      find: async () => undefined,
    } as unknown as Services["runs"],
    jobLogs: {
      open: async (_: string, jobId: number) => ({
        state: "there",
        bytes: bytesOf(logs.get(Math.floor(jobId / 100))?.[jobId % 100]?.log ?? ""),
      }),
      annotations: async () => [],
    } as Services["jobLogs"],
    history: { onBranch: async (): Promise<readonly JobResult[]> => [], atMergeBase: async () => undefined },
    secrets: [],
    knownIssues: { all: [], mistakesIn: () => [], fits: () => false },
    phasePlans: { of: () => undefined },
    pipelines: {} as Services["pipelines"],
    permissions: { roleOf: async () => (options.isShutOut ? "none" : "read") } as Services["permissions"],
    pullRequests: {
      openBy: async () => [],
      idOf: async (_: string, number: number) => `PR_${number}`,
      authorOf: async (_: string, id: number) => ({ id, login: `author-${id}` }),
      ofHead: async (_: string, { sha }: { sha: string }) => options.forks?.[sha],
      endsOf: async () => new Map(),
    } as Services["pullRequests"],
    workflows: {} as Services["workflows"],
  };
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** The part of the bot that follows failures, on real state with a clock of its own; its jobs are run here when they are due, and what it sends is caught. */
export const startFollowing = (options: FollowingOptions): Promise<Following> =>
  follow(options, { sent: new Map(), jobs: new Map(), logs: new Map(), pages: [] });

interface Caught {
  readonly sent: Map<string, { message: OutgoingMessage; versions: number }>;
  readonly jobs: Map<string, NewJob & { isDone?: true }>;
  readonly logs: Map<number, FailingJob[]>;
  readonly pages: Page[];
}

async function follow(options: FollowingOptions, caught: Caught): Promise<Following> {
  let now = options.at;
  const state = await openEmbedded({ file: options.file ?? ":memory:", now: () => now });
  const { sent, jobs, logs, pages } = caught;

  const watched = ({ queue, outbox, ...tx }: Transaction): Transaction => ({
    ...tx,
    queue: {
      async add(job) {
        if (!jobs.has(job.id)) jobs.set(job.id, { ...job });
        return queue.add(job);
      },
    },
    outbox: {
      ...outbox,
      async put(message) {
        const before = sent.get(message.key);
        const isSame = before && JSON.stringify(before.message.answers) === JSON.stringify(message.answers);
        if (!isSame) sent.set(message.key, { message, versions: (before?.versions ?? 0) + 1 });
        await outbox.put(message);
      },
    },
  });
  const records: Records = { transaction: (work) => state.records.transaction((tx) => work(watched(tx))) };
  const services = servicesOf(records, options, () => now, logs);
  const handlers: Handlers = {
    [endedRunTask]: createEndedRun(services),
    [fixRunTask]: createFixRun(services),
    [tickTask]: createTick(services),
    [showTask]: createShow(services),
    [digestTask]: createDigest(services),
    [showPullTask]: createShowPull(services),
    [dequeuedTask]: createDequeued(services),
    [pagerSaidTask]: createPagerSaid(services),
    [pageTask]: async ({ payload }) => void pages.push(payload as unknown as Page),
  };

  /** What a job adds may be due as well. */
  async function settle(): Promise<void> {
    for (const job of jobs.values()) {
      if (job.isDone || (job.runAt ?? 0) > now) continue;
      job.isDone = true;
      await handlers[job.task]?.({ ...job, attempt: 1, signal: new AbortController().signal });
    }
  }
  const add = async (job: NewJob) => {
    await records.transaction(({ queue }) => queue.add(job));
    await settle();
  };

  return {
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    services,
    records,
    add,
    async end(run, failing = []) {
      logs.set(run.runId, [...failing]);
      await add(toEndedRun(run, now));
    },
    async endAgain(run) {
      delete jobs.get(toEndedRun(run, now).id)?.isDone;
      await settle();
    },
    async until(to) {
      for (;;) {
        const waiting = [...jobs.values()].filter(({ isDone, runAt = 0 }) => !isDone && runAt <= to);
        if (waiting.length === 0) break;
        now = Math.max(now, Math.min(...waiting.map(({ runAt = 0 }) => runAt)));
        await settle();
      }
      now = to;
    },
    messages: () => [...sent.values()].map(({ message }) => message),
    versions: () => new Map([...sent].map(([key, { versions }]) => [key, versions])),
    pages: () => pages,
    isQueued: (id) => jobs.get(id) !== undefined && jobs.get(id)?.isDone !== true,
    async restart() {
      await state.close();
      return follow({ ...options, at: now }, caught);
    },
    close: () => state.close(),
  };
}

/** Messages that everyone in the channel sees: not those in threads, unless they are shown in the channel besides. */
export const inChannel = (messages: readonly OutgoingMessage[]): readonly OutgoingMessage[] =>
  messages.filter(({ address }) => {
    const { surface, to, thread, isBroadcast } = address as SlackPostAddress;
    return surface === "slack_post" && "channel" in to && (thread === undefined || isBroadcast === true);
  });
