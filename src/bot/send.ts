import type { Json } from "../pipeline/json.ts";
import type { Address, StoredMessage } from "../pipeline/outbox.ts";
import type { Job } from "../pipeline/queue.ts";
import type { Records, Transaction } from "../pipeline/records.ts";

/** Delivers a message and says what the surface calls it; throws ServiceError, or Postponed when it is not its turn yet. */
export type Sender = (message: StoredMessage) => Promise<string | undefined>;

interface SendOptions {
  readonly records: Records;
  /** Whether it may still go where it was meant to go. */
  readonly maySend: (message: StoredMessage) => Promise<boolean>;
  readonly senders: Readonly<Record<Address["surface"], Sender>>;
  /** Called in the transaction that marks it sent. */
  readonly onSent: (message: StoredMessage, tx: Transaction) => Promise<void>;
}

/** Sends one message of the outbox. Its lane keeps the order; a newer version of the message makes an older one needless. */
export function createSendHandler({ records, maySend, senders, onSent }: SendOptions): (job: Job) => Promise<void> {
  return async (job) => {
    const { key, version } = job.payload as { key: string; version: number } & Json;
    const message = await records.transaction(async ({ outbox }) => {
      const found = await outbox.find(key);
      if (!found || version < found.version || (found.sentVersion ?? 0) >= version) return undefined;
      await outbox.markTried(key);
      return found;
    });
    if (!message) return;

    if (!(await maySend(message))) return records.transaction(({ outbox }) => outbox.markSent(key, version, undefined));
    const externalId = await senders[message.address.surface](message);
    await records.transaction(async (tx) => {
      await tx.outbox.markSent(key, version, externalId);
      await onSent(message, tx);
    });
  };
}
