import type { Address, StoredMessage } from "../outbox.ts";
import type { Records } from "../records.ts";
import { itemOfCopy } from "./copy.ts";
import { mayMirror } from "./may-mirror.ts";
import type { Mirrors } from "./mirrors.ts";
import type { MirrorThread } from "./thread.ts";

type Needs = { readonly records: Records } & Parameters<typeof mayMirror>[2];

/** The keys of what is passed on; what the bot itself says about mirroring has others. */
const passedOn = /^mirror:(root|github|slack|reply):/;

/**
 * Whether a message may still go where it was meant to go: while it waited the repository or the channel may have been opened to others. What may
 * not go now never goes; what is taken back always may.
 *
 * @throws ServiceError or UserError when it cannot be found out
 */
export function createMaySend(services: Needs, allowedChannels: readonly string[]): (message: StoredMessage) => Promise<boolean> {
  return async ({ key, address, answers, externalId }) => {
    if (!passedOn.test(key) || answers.length === 0) return true;
    const { records } = services;
    const thread = await records.transaction(({ mirrors }) => threadOf(key, address, mirrors));
    const pair = thread && { repository: thread.pull.repository, channel: thread.channel };
    if (pair && (await mayMirror(pair, allowedChannels, services, "recently")) === "yes") return true;

    const copied = itemOfCopy(key);
    if (externalId !== undefined || copied === undefined) return false;
    await records.transaction(async ({ mirrors }) => {
      const item = await mirrors.item(copied);
      if (item?.fate === "copied") await mirrors.putItem({ ...item, fate: "skipped" });
    });
    return false;
  };
}

async function threadOf(key: string, address: Address, mirrors: Mirrors): Promise<MirrorThread | undefined> {
  if (address.surface === "github") return mirrors.threadOf(address.subjectId);
  const { thread } = address as { readonly thread?: { readonly message: string } };
  return mirrors.threadOfRoot(thread?.message ?? key);
}
