import type { Services } from "../../services.ts";
import { momentInWords } from "../moment-in-words.ts";
import type { Transaction } from "../records.ts";
import { type PicoUsd, showUsd, sumOf } from "../usage/money.ts";
import { modelNamed, type PriceBook, type UsageLimits } from "../usage/price-book.ts";
import { type PeriodScope, periodOf } from "./period.ts";
import type { Granted, Wish } from "./reservation.ts";

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
  const last = await lastAsk(service, model.name, tx, priceBook, at - (limits.cooldownMs ?? 0));
  if (limits.cooldownMs !== undefined && last !== undefined && at - last < limits.cooldownMs)
    return refused("cooldown", `${name} rests between two requests: it may be asked again at`, last + limits.cooldownMs);

  for (const span of spans) {
    if (limits.requests[span] === undefined && limits.spend[span] === undefined) continue;
    const period = periodOf(span, at, money.zone);
    const used = await usedIn(service, model.name, tx, priceBook, period.start);
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

/** Models are told by many names: each is looked up. */
async function usedIn(service: string, model: string, tx: Transaction, book: PriceBook, since: number): Promise<Used> {
  const isIt = (name: string | undefined) => name !== undefined && modelNamed(book, name)?.name === model;
  const sums = (await tx.ledger.sums({ service, since }, ["model"])).filter(({ group }) => isIt(group[0]));
  const open = [];
  for (const one of await tx.reservations.open()) {
    if (one.service !== service || one.at < since || !isIt(one.model)) continue;
    // What it has asked already is among the requests.
    if ((await tx.ledger.count({ reservation: one.id })).requests === 0) open.push(one);
  }
  return {
    requests: sums.reduce((count, { requests }) => count + requests, 0) + open.length,
    spentPico: sumOf([...sums.map(({ costPico }) => costPico.metered), ...open.map(({ estimatePico }) => estimatePico ?? 0n)]),
  };
}

async function lastAsk(service: string, model: string, tx: Transaction, book: PriceBook, since: number): Promise<number | undefined> {
  const isIt = (name: string | undefined) => name !== undefined && modelNamed(book, name)?.name === model;
  const sums = await tx.ledger.sums({ service, since }, ["model"]);
  const open = await tx.reservations.open();
  const times = [
    ...sums.filter(({ group }) => isIt(group[0])).map(({ lastAt }) => lastAt),
    ...open.filter((one) => one.service === service && isIt(one.model)).map(({ at }) => at),
  ];
  return times.length === 0 ? undefined : Math.max(...times);
}
