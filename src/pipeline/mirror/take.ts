import type { Said } from "../../reply.ts";
import type { Transaction } from "../records.ts";
import { copyKey, copyTo } from "./copy.ts";
import { addEchoOf } from "./echo.ts";
import { isNewer, type MirrorItem, type Version } from "./item.ts";
import { type MirrorThread, rootMessage } from "./thread.ts";

/** People do not say so much in one pull request; an account that passes on what we say, and is heard by us, does. */
const limits = [
  { most: 20, withinMs: 60_000 },
  { most: 60, withinMs: 3_600_000 },
] as const;

export interface Arriving {
  readonly key: string;
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly saidAt: number;
  readonly version: Version;
}

/**
 * Takes in what was said, for the first time or anew: it goes to the other side, unless something newer is known.
 *
 * @param said undefined when it is not for the other side
 * @param to the side that it goes to
 */
export async function take(
  arriving: Arriving,
  said: Said | undefined,
  to: "slack" | "github",
  thread: MirrorThread,
  tx: Transaction,
): Promise<void> {
  const { mirrors, outbox, queue } = tx;
  const known = await mirrors.item(arriving.key);
  if (known && (known.fate !== "copied" || !isNewer(arriving.version, known.version))) return;

  const { key, author, saidAt, version } = arriving;
  const item: MirrorItem = { key, thread: thread.key, author, saidAt: known?.saidAt ?? saidAt, version, fate: "copied" };
  const isPassedOn = said !== undefined && thread.mode === "on";
  if (!isPassedOn) return known ? undefined : mirrors.putItem({ ...item, fate: "skipped" });
  if (!known && (await isLoop(thread, arriving, tx))) {
    const stopped: MirrorThread = { ...thread, mode: "loop" };
    await mirrors.putThread(stopped);
    await outbox.put(rootMessage(stopped));
    return mirrors.putItem({ ...item, fate: "skipped" });
  }
  await mirrors.putItem(item);
  await outbox.put(copyTo(to, thread, copyKey(key), said));
  await addEchoOf(key, outbox, queue);
}

/** Counted by when it was said, so that what comes late, all at once, is not taken for a flood; and anew since it was switched on again. */
async function isLoop({ key, onSince = 0 }: MirrorThread, { author, saidAt }: Arriving, { mirrors }: Transaction): Promise<boolean> {
  for (const { most, withinMs } of limits) {
    if ((await mirrors.countSaid(key, author, Math.max(saidAt - withinMs, onSince), saidAt)) >= most) return true;
  }
  return false;
}

/**
 * Something is gone: what was said, and so its copy, or the copy alone. Neither comes again, whatever arrives late.
 *
 * @param thread where it was said; undefined when nothing was ever mirrored there
 */
export async function end(
  gone: Pick<MirrorItem, "key" | "thread" | "saidAt">,
  fate: "deleted" | "copy_deleted",
  copyIsOn: "slack" | "github",
  thread: MirrorThread | undefined,
  { mirrors, outbox }: Transaction,
): Promise<void> {
  const known = await mirrors.item(gone.key);
  if (known?.fate === "deleted" || known?.fate === fate) return;
  await mirrors.putItem({ ...(known ?? gone), fate });
  if (known?.fate === "copied" && thread) await outbox.put(copyTo(copyIsOn, thread, copyKey(gone.key), undefined));
}
