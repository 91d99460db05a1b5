import type { Address, Outbox } from "../outbox.ts";
import type { Job, NewJob, Queue } from "../queue.ts";
import type { Records } from "../records.ts";
import { attempts, heardOn } from "./changes.ts";
import { copyKey, placeOf } from "./copy.ts";
import { type MirrorPair, mayMirror } from "./may-mirror.ts";
import type { Mirrors } from "./mirrors.ts";
import type { MirrorThread } from "./thread.ts";

/** The task of the job that shows an answer on the other side too. */
export const echoTask = "mirror-echo";

/** How the outbox keys of answers begin; the rest names what is answered, as an item's key does. */
const answerKey = "reply:";

/** An outbox whose answers, given where a conversation is mirrored, are shown on the other side too, each time that they change. */
export function withEchoes(outbox: Outbox, mirrors: Mirrors, queue: Queue): Outbox {
  return {
    ...outbox,
    async put(message) {
      await outbox.put(message);
      if (!message.key.startsWith(answerKey)) return;
      const thread = await threadOf(message.address, mirrors);
      if (thread?.mode === "on") await addEcho(message.key, outbox, queue);
    },
  };
}

/** Has the answer to an item shown on the other side, if there is an answer. It comes behind the item itself. */
export async function addEchoOf(item: string, outbox: Outbox, queue: Queue): Promise<void> {
  await addEcho(answerKey + item, outbox, queue);
}

async function addEcho(key: string, outbox: Outbox, queue: Queue): Promise<void> {
  const message = await outbox.find(key);
  const lane = message && laneOf(message.address);
  if (!lane) return;
  const job: NewJob = { id: `${echoTask}:${key}:${message.version}`, task: echoTask, payload: { key }, lane, maxAttempts: attempts };
  await queue.add(job);
}

/** The lane in which the question was heard. */
function laneOf(address: Address): string | undefined {
  if (address.surface === "github") return heardOn.github(address.subjectId);
  if (address.surface === "slack" && address.threadTs !== undefined) return heardOn.slack(address.channel, address.threadTs);
  return undefined;
}

/** The mirrored conversation that an answer is given in. A slash command knows of no thread. */
async function threadOf(address: Address, mirrors: Mirrors): Promise<MirrorThread | undefined> {
  if (address.surface === "github") return mirrors.threadOf(address.subjectId);
  if (address.surface !== "slack" || address.threadTs === undefined) return undefined;
  return mirrors.threadAt(address.channel, address.threadTs);
}

/** Who clicks says nothing that would be passed on: only the answer is. */
const isClicked = (address: Address): boolean => address.surface === "slack" && address.responseUrl !== undefined;

type Needs = { readonly records: Records } & Parameters<typeof mayMirror>[2];

/** Shows an answer on the other side as it stands now, but for what is for the asker alone. */
export function createEcho(services: Needs, allowedChannels: readonly string[]): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { key } = payload as { key: string };
    const thread = await services.records.transaction(async ({ outbox, mirrors }) => {
      const message = await outbox.find(key);
      return message && threadOf(message.address, mirrors);
    });
    if (thread?.mode !== "on") return;
    const pair: MirrorPair = { repository: thread.pull.repository, channel: thread.channel };
    if ((await mayMirror(pair, allowedChannels, services)) !== "yes") return;

    await services.records.transaction(async ({ outbox, mirrors }) => {
      const message = await outbox.find(key);
      const item = await mirrors.item(key.slice(answerKey.length));
      const copy = copyKey(key);
      const isShown = (await outbox.find(copy)) !== undefined;
      if (!message || (item?.fate !== "copied" && !isShown && !isClicked(message.address))) return;
      const answers = message.answers.filter(({ reply }) => reply.audience !== "asker");
      if (answers.length === 0 && !isShown) return;
      const side = message.address.surface === "github" ? "slack" : "github";
      await outbox.put({ key: copy, ...placeOf(side, thread), ...(message.asker !== undefined && { asker: message.asker }), answers });
    });
  };
}
