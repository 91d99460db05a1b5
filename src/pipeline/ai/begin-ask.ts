import { giveUp } from "../budgets/expire.ts";
import { refusedByLimits } from "../budgets/limits.ts";
import type { Wish } from "../budgets/reservation.ts";
import { reserve } from "../budgets/reserve.ts";
import type { Transaction } from "../records.ts";
import type { Asked, Asking, AskNeeds } from "./asked.ts";
import type { Channel } from "./channel.ts";
import { type Candidate, estimate } from "./estimate.ts";
import { type Prompt, promptName } from "./prompt.ts";

/** An ask that may go on. */
export interface Begun {
  readonly kind: "begun";
  /** How often it was begun by now. */
  readonly tries: number;
  /** Who may be asked. */
  readonly candidates: readonly Candidate[];
  /** Absent where nothing is asked. */
  readonly reservation?: string;
}

interface Plan {
  readonly prompts: readonly Prompt<unknown>[];
  /** Those that nobody has answered yet. */
  readonly open: readonly Prompt<unknown>[];
  readonly asking: Asking;
  readonly channel: Channel;
  /** Never empty. */
  readonly candidates: readonly Candidate[];
  readonly at: number;
}

/** Beyond the time that the calls may take, for what is written down between them. */
const graceMs = 60_000;

/** What each try reserves. */
export const reservationOf = (ask: string, tries: number): string => `ask:${ask}:${tries}`;

/** Writes down that it is asked, and reserves its money; where everything is known already there is nothing to reserve. */
export function beginAsk(plan: Plan, services: AskNeeds): Promise<Begun | Extract<Asked<never>, { kind: "refused" }>> {
  const { open, asking, channel, candidates, at } = plan;
  const { id, channel: _, isForced: __, ...attribution } = asking;
  return services.records.transaction(async (tx) => {
    const tries = await writeDown(plan, tx);
    // Whoever tried before died with a call under way: what it took nobody knows.
    for (let before = 1; before < tries; before++) await giveUp(tx, reservationOf(id, before), services);
    const expected = open.length === 0 ? undefined : estimate(open, channel, services.priceBook, at);
    if (!expected) return { kind: "begun", tries, candidates };

    const { first, mostPico: estimatePico } = expected;
    const leaseMs = channel.deadlineMs * open.length + graceMs;
    const reservation = reservationOf(id, tries);
    const wish = { ...attribution, id: reservation, service: first.provider.service, model: first.model, estimatePico, leaseMs };
    const granted = await reserve(tx, wish, services);
    if (granted.isGranted) {
      const allowed = await withinLimits(candidates, wish, tx, services);
      return { kind: "begun", tries, candidates: allowed, reservation };
    }
    const { reason, message, retryAt } = granted;
    await tx.asks.end(id, { outcome: "refused" }, at);
    return { kind: "refused", reason, message, ...(retryAt !== undefined && { retryAt }) };
  });
}

function writeDown({ prompts, asking, at }: Plan, tx: Transaction): Promise<number> {
  const { isForced: _, session: __, attempt: ___, ...about } = asking;
  const first = prompts[0] as Prompt<unknown>;
  return tx.asks.begin({ ...about, purpose: first.purpose, prompt: promptName(first) }, at);
}

/** Who would stand in is asked no more often than its own limits allow; that of the first is what the reservation looked at. */
async function withinLimits(
  [first, ...others]: readonly Candidate[],
  wish: Wish,
  tx: Transaction,
  services: AskNeeds,
): Promise<readonly Candidate[]> {
  const allowed = [first as Candidate];
  for (const other of others) {
    const { service } = other.provider;
    if (!(await refusedByLimits({ ...wish, service, model: other.model }, tx, services))) allowed.push(other);
  }
  return allowed;
}
