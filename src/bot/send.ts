import type { Claims, Json } from "../pipeline/claims.ts";
import type { Address, StoredMessage } from "../pipeline/outbox.ts";
import { type Job, Postponed } from "../pipeline/queue.ts";
import type { Records } from "../pipeline/records.ts";

/** Delivers a message and says what the surface calls it; throws ServiceError. */
export type Sender = (message: StoredMessage) => Promise<string | undefined>;

interface SendOptions {
  readonly records: Records;
  readonly claims: Claims;
  readonly senders: Readonly<Record<Address["surface"], Sender>>;
}

/** Slack and GitHub both ask for at most about one message a second in one place. */
const spacingMs = 1_000;

/** Sends one message of the outbox. Its lane keeps the order; a newer version of the message makes an older one needless. */
export function createSendHandler({ records, claims, senders }: SendOptions): (job: Job) => Promise<void> {
  return async (job) => {
    const { key, version } = job.payload as { key: string; version: number } & Json;
    const message = await records.transaction(({ outbox }) => outbox.find(key));
    if (!message || version < message.version || (message.sentVersion ?? 0) >= version) return;

    const turn = await claims.claim(`pace:${message.lane}`, job.id, spacingMs);
    if (turn.state === "held") throw new Postponed(turn.freeInMs);

    await records.transaction(({ outbox }) => outbox.markTried(key));
    const externalId = await senders[message.address.surface](message);
    await records.transaction(({ outbox }) => outbox.markSent(key, version, externalId));
  };
}
