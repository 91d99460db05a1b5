import { designPrompt } from "../../../src/ai/prompts/design.ts";
import { reviewRulesOf } from "../../../src/config/ai/reviews.ts";
import type { StoredAsk } from "../../../src/pipeline/ai/asks.ts";
import type { AuditEntry } from "../../../src/pipeline/audit.ts";
import { createAnswerRequest } from "../../../src/pipeline/design/answer-request.ts";
import { createDesignHelp, type DesignNeeds } from "../../../src/pipeline/design/design-help.ts";
import type { DesignLimits } from "../../../src/pipeline/design/limits.ts";
import { type DesignWish, designHelpTask, type FromPerson } from "../../../src/pipeline/design/wish.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Json } from "../../../src/pipeline/json.ts";
import type { NewJob, QueueWorker } from "../../../src/pipeline/queue.ts";
import type { Records, Transaction } from "../../../src/pipeline/records.ts";
import type { RequestTold } from "../../../src/pipeline/sessions/event.ts";
import { cellWords, type Part, type Reply } from "../../../src/reply.ts";
import type { Services } from "../../../src/services.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aBook, type ScriptedChannel, scriptedChannel } from "./scripted-channel.ts";

const { place, asker } = anOperation();

export const aWish = (changes: Partial<DesignWish> = {}, from: Partial<FromPerson> = {}): DesignWish => ({
  id: "design:1",
  input: { question: "How do we split the build?" },
  about: { repository: "acme/shop", pullRequest: 12 },
  askedAt: 0,
  from: { kind: "person", intent: "comment-1", place, asker, showsMoney: true, ...from },
  ...changes,
});

export const aRequest = (changes: Partial<RequestTold> = {}): RequestTold => ({
  type: "request",
  id: "q1",
  at: 0,
  channel: "o3",
  subject: "design",
  reason: "cargo test failed 3 times",
  details: "What is wrong?",
  repository: "acme/shop",
  pullRequest: 12,
  headSha: "ab12cd3",
  session: "s1",
  actor: "ada-on-laptop",
  ...changes,
});

export interface Designing {
  now: number;
  limits: DesignLimits;
  readonly channel: ScriptedChannel;
  /** Of the same state, for what only a real queue shows. */
  readonly worker: QueueWorker;
  readonly services: DesignNeeds & Pick<Services, "pullRequests" | "repositories" | "internalsOn" | "phasePlans" | "reviewRules">;
  /** Jobs that were added, in order, but those that send messages. */
  readonly jobs: readonly NewJob[];
  /** From that transaction on all fail: the process is dead. */
  dieAt: number | undefined;
  tx<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Puts the reply that says that it is asked. */
  reply(message?: string): Promise<void>;
  /** Runs the job, and gives the reply as it is then. */
  run(wish?: DesignWish): Promise<Reply | undefined>;
  /** Runs the jobs that a session's request becomes. */
  answerRequest(request: RequestTold, attempt?: number): Promise<void>;
  audit(): Promise<readonly AuditEntry[]>;
  ask(id?: string): Promise<StoredAsk | undefined>;
  close(): Promise<void>;
}

/** Design help on a real embedded state, with models that are scripted. */
export async function startDesigning(channel = scriptedChannel(), book = aBook()): Promise<Designing> {
  const state = await openEmbedded({ file: ":memory:" });
  const jobs: NewJob[] = [];
  const records: Records = {
    async transaction(work) {
      if (designing.dieAt !== undefined && --designing.dieAt < 0) throw new Error("The process is dead.");
      return state.records.transaction((tx) =>
        work({
          ...tx,
          queue: {
            async add(job) {
              const added = await tx.queue.add(job);
              if (added === "added" && /design/.test(job.task)) jobs.push(job);
              return added;
            },
          },
        }),
      );
    },
  };
  const services: Designing["services"] = {
    channels: channel,
    prompts: { design: designPrompt } as Services["prompts"],
    priceBook: book,
    keys: state.keys,
    records,
    money: { zone: "Europe/Berlin" },
    timings,
    secrets: ["the-secret-of-the-bot"],
    now: () => designing.now,
    reviewRules: (repository: string) => reviewRulesOf([], repository),
    get designLimits() {
      return designing.limits;
    },
    pullRequests: { idOf: async () => "PR_1" } as unknown as Services["pullRequests"],
    repositories: { isPrivate: async () => true } as unknown as Services["repositories"],
    internalsOn: [],
    phasePlans: { of: () => undefined },
  };
  const runJob = (job: (typeof jobs)[number], handle: (job: never) => Promise<void>, attempt = 1) =>
    handle({ ...job, attempt, signal: new AbortController().signal } as never);
  const designing: Designing = {
    now: Date.parse("2026-11-23T12:00:00Z"),
    limits: { perDay: 10, perHour: 3, cooldownMs: 30 * 60_000, isForSessions: true },
    channel,
    worker: state.worker,
    services,
    jobs,
    dieAt: undefined,
    tx: (work) => state.records.transaction(work),
    reply: (message = place.message) =>
      designing.tx(({ outbox }) => {
        const parts = [{ kind: "text", text: "Asking." }] as const;
        const reply: Reply = { outcome: "queued", reason: "asking", audience: "thread", parts };
        const address = { surface: "github", repository: "acme/shop", subjectId: "PR_1" } as const;
        return outbox.put({ key: message, lane: message, address, asker: "ada", answers: [{ command: "design-help How?", reply }] });
      }),
    async run(wish = aWish()) {
      const { from } = wish;
      await runJob({ id: wish.id, task: designHelpTask, payload: wish as unknown as Json }, createDesignHelp(services));
      if (from.kind === "session") return undefined;
      return (await designing.tx(({ outbox }) => outbox.find(from.place.message)))?.answers[0]?.reply;
    },
    async answerRequest(request, attempt = 1) {
      await runJob({ id: request.id, task: "", payload: { ...request } }, createAnswerRequest(services), attempt);
      const job = jobs.findLast(({ task }) => task === designHelpTask);
      if (job) await designing.run(job.payload as unknown as DesignWish);
    },
    audit: () => designing.tx(({ audit }) => audit.latest(50)),
    ask: (id = "design:1") => designing.tx(({ asks }) => asks.find(id)),
    close: () => state.close(),
  };
  return designing;
}

/** The words of a reply, a part in a line. */
export function wordsOf(reply: Reply | undefined): string {
  return (reply?.parts ?? []).map(wordsOfPart).join("\n");
}

function wordsOfPart(part: Part): string {
  if (part.kind === "text" || part.kind === "excerpt") return part.text;
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`).join("\n");
  return part.kind === "table" ? part.rows.map(({ cells }) => cells.map(cellWords).join(" | ")).join("\n") : "";
}
