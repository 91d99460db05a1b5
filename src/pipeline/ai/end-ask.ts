import { giveUp, settle } from "../budgets/expire.ts";
import type { Transaction } from "../records.ts";
import { type PicoUsd, sumOf } from "../usage/money.ts";
import type { Asking, AskNeeds, AskResult } from "./asked.ts";
import type { AskEnd } from "./asks.ts";
import { type Begun, reservationOf } from "./begin-ask.ts";

interface Cost {
  readonly costPico: PicoUsd;
  readonly isCostUncertain: boolean;
}

interface Ending {
  readonly asking: Asking;
  readonly begun: Begun;
  readonly results: readonly AskResult<unknown>[];
  /** Of this try. */
  readonly isCostUncertain: boolean;
}

/** Ends the reservation, and writes down what came of it. Gives what all tries took. */
export function endAsk({ asking: { id }, begun, results, isCostUncertain }: Ending, services: AskNeeds): Promise<Cost> {
  const { reservation, tries } = begun;
  return services.records.transaction(async (tx) => {
    if (reservation !== undefined) await (isCostUncertain ? giveUp : settle)(tx, reservation, services);
    const cost = await costOf(id, tries, tx);
    // Another process that has begun it anew meanwhile ends it.
    if ((await tx.asks.find(id))?.tries === tries) await tx.asks.end(id, toEnd(results, cost.costPico), services.now());
    return { ...cost, isCostUncertain: isCostUncertain || cost.isCostUncertain };
  });
}

/** What is in the ledger, of each try; one that was given up may have taken more. */
async function costOf(id: string, tries: number, tx: Transaction): Promise<Cost> {
  const names = Array.from({ length: tries }, (_, before) => reservationOf(id, before + 1));
  const costs: PicoUsd[] = [];
  let isCostUncertain = false;
  for (const reservation of names) {
    costs.push(await tx.ledger.meteredPico({ reservation }));
    const known = await tx.reservations.find(reservation);
    isCostUncertain ||= known?.state === "expired" && known.estimatePico !== null;
  }
  return { costPico: sumOf(costs), isCostUncertain };
}

function toEnd(results: readonly AskResult<unknown>[], costPico: PicoUsd): AskEnd {
  const answered = results.filter(({ kind }) => kind === "answered");
  const last = results.findLast(({ kind }) => kind === "failed") ?? results.at(-1);
  const outcome = answered.length === results.length ? "answered" : answered.length > 0 ? "partly" : "failed";
  const isCached = results.every((one) => one.kind === "answered" && one.keptAt !== undefined);
  return {
    outcome,
    ...(last && { service: last.service, model: last.model }),
    ...(last?.kind === "failed" && { failure: last.failure }),
    costPico,
    ...(isCached && { isCached: true }),
  };
}
