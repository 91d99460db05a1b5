import type { AuditEntry } from "../pipeline/audit.ts";
import { Postponed } from "../pipeline/queue.ts";
import type { Reply } from "../reply.ts";
import type { Services } from "../services.ts";

/** As long as a job's own lease: after a crash both end together. */
const leaseMs = 10_000;
const heartbeatMs = 3_000;

/** A wish that another delivery is working on is looked at again after at most this long. */
const longestWaitMs = 2_000;

/**
 * Runs one wish once, however often and wherever it is delivered: whoever comes later gets the first result. One that failed may run again.
 *
 * @param intent names the wish
 * @param holder names the delivery and its attempt: of two workers that both think a job is theirs, one runs it
 * @param run does it and says how it ended; the entry is stored before anyone else may claim the wish
 * @throws Postponed while another delivery of the same wish is at it
 */
export async function runOnce(
  intent: string,
  holder: string,
  { claims, records }: Pick<Services, "claims" | "records">,
  run: () => Promise<Omit<AuditEntry, "intent">>,
): Promise<Reply> {
  const claim = await claims.claim(`intent:${intent}`, holder, leaseMs);
  if (claim.state === "held") throw new Postponed(Math.min(claim.freeInMs, longestWaitMs));
  if (claim.state === "done") return claim.result as unknown as Reply;

  // The audit row commits before the claim is settled: a crash in between leaves the row, which is then the result.
  const earlier = await records.transaction(({ audit }) => audit.finished(intent));
  const entry = earlier ?? (await record({ intent, ...(await whileHeld(`intent:${intent}`, holder, claims, run)) }, records));

  const end =
    entry.outcome === "failed" ? ({ outcome: "failed" } as const) : ({ outcome: "done", result: { ...entry.reply } as never } as const);
  await claims.settle(`intent:${intent}`, holder, end);
  return entry.reply;
}

/** Of two workers that both ran the wish, because one was frozen for longer than its lease, the first one's result stands. */
function record(entry: AuditEntry, records: Services["records"]): Promise<AuditEntry> {
  return records.transaction(async ({ audit }) => {
    const earlier = await audit.finished(entry.intent);
    if (!earlier) await audit.append(entry);
    return earlier ?? entry;
  });
}

async function whileHeld<T>(key: string, holder: string, claims: Services["claims"], run: () => Promise<T>): Promise<T> {
  // A heartbeat that fails is made up for by the next one; the lease outlives three of them.
  const heartbeat = setInterval(() => void claims.extend(key, holder, leaseMs).catch(() => {}), heartbeatMs);
  try {
    return await run();
  } finally {
    clearInterval(heartbeat);
  }
}
