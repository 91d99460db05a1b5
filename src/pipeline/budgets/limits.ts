import type { Services } from "../../services.ts";
import { momentInWords } from "../moment-in-words.ts";
import type { Transaction } from "../records.ts";
import { type PicoUsd, showUsd, sumOf } from "../usage/money.ts";
import { modelNamed, type UsageLimits } from "../usage/price-book.ts";
import { type PeriodScope, periodOf } from "./period.ts";
import type { Granted, Reservation, Wish } from "./reservation.ts";

const spans = ["minute", "hour", "day", "month"] as const satisfies readonly PeriodScope[];
type Span = (typeof spans)[number];

/** How often and for how much one model was asked through one service in a span, reservations under way included. */
interface Used {
  readonly requests: number;
  readonly spentPico: PicoUsd;
}

/** @returns why the service may not be asked now, or undefined where its limits allow it */
export async function refusedByLimits(
  { service, model: asked, estimatePico }: Wish,
  tx: Transaction,
  { priceBook, money, now }: Pick<Services, "priceBook" | "money" | "now">,
): Promise<Extract<Granted, { isGranted: false }> | undefined> {
  const model = asked === undefined ? undefined : modelNamed(priceBook, asked);
  const limits = model && (service.endsWith("-cli") ? model.limits.cli : model.limits.api);
  if (!model || !limits) return undefined;

  const name = `${model.name} through ${service}`;
  const at = now();
  const isIt = (told: string | undefined) => told !== undefined && modelNamed(priceBook, told) === model;
  const open = (await tx.reservations.open()).filter((one) => one.service === service && isIt(one.model));
  const about = { service, models: (await tx.ledger.modelNames()).filter(isIt) };
  const { cooldownMs } = limits;
  const last = cooldownMs === undefined ? undefined : await lastAsk(about, open, tx, at - cooldownMs);
  if (cooldownMs !== undefined && last !== undefined && at - last < cooldownMs)
    return refused("cooldown", `${name} rests between two requests: it may be asked again at`, last + cooldownMs);

  for (const span of spans) {
    if (limits.requests[span] === undefined && limits.spend[span] === undefined) continue;
    const period = periodOf(span, at, money.zone);
    const used = await usedIn(about, open, limits, span, tx, period.start);
    const mostPico = limits.spend[span];
    if (mostPico !== undefined && estimatePico !== null && estimatePico > mostPico)
      return never(`${name} may take ${showUsd(mostPico)} a ${span} at most, and this may take ${showUsd(estimatePico)}: ask for less.`);
    const why = whyFull(limits, span, used, estimatePico ?? 0n, name);
    if (why !== undefined) return refused("limit", `${why} It may be asked again at`, period.end);
  }
  return undefined;
}

function whyFull(limits: UsageLimits, span: Span, { requests, spentPico }: Used, estimate: PicoUsd, name: string): string | undefined {
  const mostRequests = limits.requests[span];
  const mostPico = limits.spend[span];
  if (mostRequests !== undefined && requests >= mostRequests)
    return `${name} was asked ${requests} times this ${span}, and ${mostRequests} is its limit.`;
  if (mostPico !== undefined && spentPico + estimate > mostPico)
    return `${name} has ${showUsd(spentPico)} of its ${showUsd(mostPico)} this ${span} spent or reserved, and this may take ${showUsd(estimate)}.`;
  return undefined;
}

const refused = (reason: "limit" | "cooldown", sentence: string, retryAt: number): Extract<Granted, { isGranted: false }> => ({
  isGranted: false,
  reason,
  message: `${sentence} ${momentInWords(retryAt)}.`,
  retryAt,
});

const never = (message: string): Extract<Granted, { isGranted: false }> => ({ isGranted: false, reason: "limit", message });

interface Asked {
  readonly service: string;
  /** A model is told by many names: these are the ones that were told. */
  readonly models: readonly string[];
}

/** Only what has a limit is added up. */
async function usedIn(
  { service, models }: Asked,
  open: readonly Reservation[],
  limits: UsageLimits,
  span: Span,
  tx: Transaction,
  since: number,
): Promise<Used> {
  const query = { service, models, since };
  const pending: Reservation[] = [];
  for (const one of open) {
    if (one.at < since) continue;
    // What it has asked already is among the requests.
    if ((await tx.ledger.count({ reservation: one.id })).requests === 0) pending.push(one);
  }
  const requests = limits.requests[span] === undefined ? 0 : (await tx.ledger.count(query)).requests;
  const spentPico = limits.spend[span] === undefined ? 0n : await tx.ledger.meteredPico(query);
  return {
    requests: requests + pending.length,
    spentPico: sumOf([spentPico, ...pending.map(({ estimatePico }) => estimatePico ?? 0n)]),
  };
}

async function lastAsk(asked: Asked, open: readonly Reservation[], tx: Transaction, since: number): Promise<number | undefined> {
  const { lastAt } = await tx.ledger.count({ ...asked, since });
  const times = [...(lastAt === undefined ? [] : [lastAt]), ...open.map(({ at }) => at)];
  return times.length === 0 ? undefined : Math.max(...times);
}
