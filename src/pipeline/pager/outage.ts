import { ServiceError } from "../../errors.ts";
import { toShow } from "../incidents/show.ts";
import { Postponed } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { describeOutage } from "./outage-in-words.ts";
import { type StoredState, storedState, storeState, type Trouble } from "./state.ts";

/** A pager that comes and goes within this time has one outage. */
const stillTheSameMs = 10 * 60_000;
/** Being asked to wait is no outage before it has lasted for so long. */
const busyForMs = 2 * 60_000;

/** A page that did not arrive, as the outage needs to know it. */
export interface Undelivered {
  readonly id: string;
  readonly incident: number;
  /** The channel of the incident's repository; undefined where that is followed no more. */
  readonly channel: string | undefined;
}

/** Writes down that a page did not arrive, and tells people at its first try. */
export async function noteTrouble(tx: Transaction, page: Undelivered, error: ServiceError | Postponed, now: number): Promise<void> {
  const { id, incident, channel } = page;
  const trouble = troubleOf(error);
  const last = await storedState(tx);
  const goesOn = last && (last.backAt === undefined || now - last.backAt < stillTheSameMs) ? last : undefined;
  const downSince = goesOn?.downSince ?? now;
  const isTold = trouble !== "busy" || (goesOn?.toldIn.length ?? 0) > 0 || now - downSince >= busyForMs;
  const toldIn = [...new Set([...(goesOn?.toldIn ?? []), ...(isTold && channel !== undefined ? [channel] : [])])];
  const state: StoredState = {
    downSince,
    trouble,
    error: error instanceof ServiceError ? error.message : "The pager asks me to wait.",
    pages: { ...goesOn?.pages, [id]: { incident, fate: trouble === "refused" ? "refused" : "late" } },
    toldIn,
  };
  // A page that is tried for hours is no news each time.
  if (JSON.stringify(state) === JSON.stringify(goesOn)) return;
  await tell(tx, state);
  await tx.queue.add(toShow(incident, now));
}

/** Writes down that a page arrived: what was told of an outage is put right. */
export async function noteSuccess(tx: Transaction, now: number): Promise<void> {
  const state = await storedState(tx);
  if (!state || state.backAt !== undefined) return;
  await tell(tx, { ...state, backAt: now });
  for (const incident of new Set(Object.values(state.pages).map((page) => page.incident))) await tx.queue.add(toShow(incident, now));
}

async function tell(tx: Transaction, state: StoredState): Promise<void> {
  await storeState(tx, state);
  const reply = describeOutage(state);
  for (const channel of state.toldIn) {
    const address = { surface: "slack_post", to: { channel } } as const;
    await tx.outbox.put({ key: `pager:${channel}:${state.downSince}`, lane: `pager:${channel}`, address, answers: [{ reply }] });
  }
}

function troubleOf(error: ServiceError | Postponed): Trouble {
  if (error instanceof Postponed) return "busy";
  return error.retryable ? "away" : "refused";
}
