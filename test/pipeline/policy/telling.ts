import type { OutgoingMessage, SlackPostAddress } from "../../../src/pipeline/outbox.ts";
import type { RunFacts } from "../../../src/pipeline/policy/facts.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import { createNotify, type NotifyNeeds, notifyTask, toNotify } from "../../../src/pipeline/policy/notify.ts";
import { createRelease, releaseOverdue, releaseTask } from "../../../src/pipeline/policy/release.ts";
import type { ChannelPolicy, Rule } from "../../../src/pipeline/policy/rule.ts";
import type { Handlers, NewJob } from "../../../src/pipeline/queue.ts";
import type { Records, Transaction } from "../../../src/pipeline/records.ts";
import { cellWords, type Part, type Reply } from "../../../src/reply.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";

/** What a channel was told, as it now stands. */
export interface Told {
  readonly key: string;
  readonly words: string;
  readonly thread: SlackPostAddress["thread"];
}

export interface Telling {
  now: number;
  /** Lets a run end, and waits until the channels know. */
  end(run: FinishedRun): Promise<void>;
  /** The same as `end`, of a run that was told of by a worker that died before it could say so. */
  endAgain(run: FinishedRun): Promise<void>;
  /** Somebody adds a rule to a channel. */
  subscribe(channel: string, rule: Rule): Promise<void>;
  /** Gives up what was to be released by now, and sweeps. */
  sweep(): Promise<void>;
  /** Lets time pass until then, and everything be done when it is due. */
  until(at: number): Promise<void>;
  /** Oldest first. */
  told(): readonly Told[];
  close(): Promise<void>;
}

const noFacts: RunFacts = {
  changedFiles: () => Promise.reject(new Error("Nobody asked for files.")),
  isInTeam: () => Promise.reject(new Error("Nobody asked for teams.")),
};

/** Of no repository is an incident opened, unless said. */
const noIncidents: Pick<NotifyNeeds, "followed" | "branches"> = {
  followed: [],
  branches: { isProtected: () => Promise.reject(new Error("Nobody asked for branches.")) },
};

/** The part of the bot that tells channels, on real state with a clock of its own; its jobs are run here when they are due, and what it sends is caught. */
export async function startTelling(
  policies: readonly ChannelPolicy[],
  at: number,
  runFacts: RunFacts = noFacts,
  incidents: Pick<NotifyNeeds, "followed" | "branches"> = noIncidents,
): Promise<Telling> {
  let now = at;
  const state = await openEmbedded({ file: ":memory:", now: () => now });
  const sent = new Map<string, OutgoingMessage>();
  const jobs = new Map<string, NewJob & { isDone?: true }>();

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
        sent.set(message.key, message);
        await outbox.put(message);
      },
    },
  });
  const records: Records = { transaction: (work) => state.records.transaction((tx) => work(watched(tx))) };
  const needs = { records, policies, runFacts, ...incidents, now: () => now };
  const handlers: Handlers = { [notifyTask]: createNotify(needs), [releaseTask]: createRelease(needs) };

  /** What a job adds may be due as well. */
  async function settle(): Promise<void> {
    for (const job of jobs.values()) {
      if (job.isDone || (job.runAt ?? 0) > now) continue;
      job.isDone = true;
      await handlers[job.task]?.({ ...job, attempt: 1, signal: new AbortController().signal });
    }
  }

  return {
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    async end(run) {
      await records.transaction(({ queue }) => queue.add(toNotify(run)));
      await settle();
    },
    async endAgain(run) {
      delete jobs.get(toNotify(run).id)?.isDone;
      await settle();
    },
    async subscribe(channel, rule) {
      const subscription = { channel, repository: rule.repositories?.[0] ?? "", rule, by: "ada", since: now };
      await records.transaction(({ subscriptions }) => subscriptions.add(subscription, `subscribe ${channel}`));
    },
    async sweep() {
      for (const job of jobs.values()) if (job.task === releaseTask) job.isDone = true;
      await records.transaction((tx) => releaseOverdue(tx, now));
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
    told: () =>
      [...sent.values()].map(({ key, address, answers }) => ({
        key,
        words: answers.map(({ reply }) => wordsOf(reply)).join("\n"),
        thread: (address as SlackPostAddress).thread,
      })),
    close: () => state.close(),
  };
}

const wordsOf = ({ parts, link }: Reply): string => [...parts.map(ofPart), ...(link ? [`${link.text} ${link.url}`] : [])].join("\n");

function ofPart(part: Part): string {
  if (part.kind === "text" || part.kind === "excerpt") return part.text;
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`).join("\n");
  if (part.kind !== "table") return "";
  const rows = part.rows.map(({ cells }) =>
    cells.map((cell) => (typeof cell === "object" && "url" in cell ? `${cell.text} ${cell.url}` : cellWords(cell))).join(" | "),
  );
  return [...rows, part.more ?? ""].join("\n");
}
