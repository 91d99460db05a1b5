import type { SlackPostAddress, StoredMessage } from "../../../src/pipeline/outbox.ts";
import { sendTask } from "../../../src/pipeline/outbox.ts";
import type { RunFacts } from "../../../src/pipeline/policy/facts.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import { createNotify, notifyTask, toNotify } from "../../../src/pipeline/policy/notify.ts";
import { createRelease, releaseTask } from "../../../src/pipeline/policy/release.ts";
import type { ChannelPolicy } from "../../../src/pipeline/policy/rule.ts";
import type { Part, Reply } from "../../../src/reply.ts";
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
  /** Lets time pass until then. */
  until(at: number): Promise<void>;
  /** Oldest first. */
  told(): readonly Told[];
  close(): Promise<void>;
}

const noFacts: RunFacts = {
  changedFiles: () => Promise.reject(new Error("Nobody asked for files.")),
  isInTeam: () => Promise.reject(new Error("Nobody asked for teams.")),
  isPrivate: () => Promise.reject(new Error("Nobody asked.")),
};

/** The part of the bot that tells channels, on real state with a clock of its own; what it sends is caught. */
export async function startTelling(policies: readonly ChannelPolicy[], at: number, runFacts: RunFacts = noFacts): Promise<Telling> {
  const clock = { now: at };
  const state = await openEmbedded({ file: ":memory:", now: () => clock.now });
  const { records, worker } = state;
  const needs = { records, policies, runFacts, now: () => clock.now };
  const sent = new Map<string, StoredMessage>();
  worker.start({
    [notifyTask]: createNotify(needs),
    [releaseTask]: createRelease(needs),
    async [sendTask]({ payload }) {
      const { key } = payload as { key: string };
      const message = await records.transaction(({ outbox }) => outbox.find(key));
      if (message) sent.set(key, message);
    },
  });
  const settle = () => worker.drain(20_000);

  return {
    get now() {
      return clock.now;
    },
    set now(value) {
      clock.now = value;
    },
    async end(run) {
      await records.transaction(({ queue }) => queue.add(toNotify(run)));
      await settle();
    },
    async until(to) {
      clock.now = to;
      // The worker learns of the time when a job is added.
      await records.transaction(({ queue }) => queue.add({ id: `tick:${to}`, task: sendTask, payload: { key: "" } }));
      await settle();
    },
    told: () =>
      [...sent.values()].map(({ key, address, answers }) => ({
        key,
        words: answers.map(({ reply }) => wordsOf(reply)).join("\n"),
        thread: (address as SlackPostAddress).thread,
      })),
    async close() {
      await worker.stop(0);
      await state.close();
    },
  };
}

const wordsOf = ({ parts, link }: Reply): string => [...parts.map(ofPart), ...(link ? [`${link.text} ${link.url}`] : [])].join("\n");

function ofPart(part: Part): string {
  if (part.kind === "text" || part.kind === "excerpt") return part.text;
  if (part.kind === "facts")
    return part.facts.map(({ label, value }) => `${label}: ${typeof value === "string" ? value : value.text}`).join("\n");
  const rows = part.rows.map(({ cells }) =>
    cells.map((cell) => (typeof cell === "string" ? cell : `${cell.text} ${cell.url}`)).join(" | "),
  );
  return [...rows, part.more ?? ""].join("\n");
}
