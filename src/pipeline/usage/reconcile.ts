import { type Cause, causeOf, factorOf, type SettledDay } from "./drift-cause.ts";
import { type PicoUsd, sumOf } from "./money.ts";
import type { Basis, Provider } from "./usage.ts";

/** What the ledger has of one model on one day (UTC). */
export interface LedgerDay {
  readonly day: string;
  readonly provider: Provider;
  readonly model: string;
  readonly costPico: Readonly<Record<Basis, PicoUsd>>;
  /** In and out, of requests without a price. */
  readonly unpricedTokens: number;
  /** In and out, of all requests. */
  readonly tokens: number;
}

/** One line of a vendor's bill. */
export interface BilledCost {
  readonly day: string;
  readonly provider: Provider;
  /** The model, or what else was billed; undefined where the report was not asked for by model. */
  readonly item?: string;
  readonly pico: PicoUsd;
  /** What the line says that its tokens are. */
  readonly kind?: "long" | "cache" | "batch";
}

export interface VendorReport {
  /** The days that it speaks of, those without any cost too. */
  readonly days: readonly { readonly day: string; readonly provider: Provider }[];
  readonly costs: readonly BilledCost[];
}

/** A day and a model on which vendor and ledger say different things, or which nobody bills. */
export interface Drift {
  readonly day: string;
  readonly provider: Provider;
  readonly model: string;
  readonly billedPico: PicoUsd;
  /** What is metered; a subscription is not billed by the request. */
  readonly ledgerPico: PicoUsd;
  readonly cause: Cause;
  /** Ten-thousandths: the vendor's price is so many of ours. Only with the cause `price`. */
  readonly factor?: bigint;
}

export interface Reconciliation {
  readonly drifts: readonly Drift[];
  readonly totals: readonly {
    readonly provider: Provider;
    readonly firstDay: string;
    readonly lastDay: string;
    readonly billedPico: PicoUsd;
    readonly ledgerPico: PicoUsd;
  }[];
}

const everyModel = "all models";

/**
 * Compares what a vendor billed with what the ledger has, by the day and the model.
 *
 * @param nameOf the same name for every name of one model
 */
export function reconcile(report: VendorReport, ledger: readonly LedgerDay[], nameOf: (model: string) => string): Reconciliation {
  const byProvider = Map.groupBy(report.days, ({ provider }) => provider);
  const parts = [...byProvider].map(([provider, listed]) => {
    const days = new Set(listed.map(({ day }) => day));
    const sorted = [...days].toSorted();
    const costs = report.costs.filter((cost) => cost.provider === provider && days.has(cost.day));
    const entries = ledger.filter((entry) => entry.provider === provider && days.has(entry.day));
    const isByModel = costs.length === 0 || costs.some(({ item }) => item !== undefined);
    const nameIn = (name: string | undefined) => (isByModel ? nameOf(name ?? "not said") : everyModel);
    const cells = toCells(costs, entries, nameIn);
    return {
      drifts: driftsIn(cells, provider, sorted.at(-1) ?? ""),
      total: {
        provider,
        firstDay: sorted[0] ?? "",
        lastDay: sorted.at(-1) ?? "",
        billedPico: sumOf(costs.map(({ pico }) => pico)),
        ledgerPico: sumOf(entries.map(({ costPico }) => costPico.metered)),
      },
    };
  });
  return { drifts: parts.flatMap(({ drifts }) => drifts), totals: parts.map(({ total }) => total) };
}

interface Cell extends SettledDay {
  readonly day: string;
  readonly model: string;
}

function toCells(
  costs: readonly BilledCost[],
  entries: readonly LedgerDay[],
  nameIn: (name: string | undefined) => string,
): readonly Cell[] {
  const keyOf = (day: string, model: string) => JSON.stringify([day, model]);
  const billed = Map.groupBy(costs, ({ day, item }) => keyOf(day, nameIn(item)));
  const recorded = Map.groupBy(entries, ({ day, model }) => keyOf(day, nameIn(model)));
  const keys = [...new Set([...billed.keys(), ...recorded.keys()])].toSorted();
  return keys.map((key) => {
    const [day = "", model = ""] = JSON.parse(key) as string[];
    const lines = billed.get(key) ?? [];
    const own = recorded.get(key) ?? [];
    const ofKind = (kind: BilledCost["kind"]) => sumOf(lines.filter((line) => line.kind === kind).map(({ pico }) => pico));
    return {
      day,
      model,
      billedPico: sumOf(lines.map(({ pico }) => pico)),
      ledgerPico: sumOf(own.map(({ costPico }) => costPico.metered)),
      tokens: own.reduce((sum, { tokens }) => sum + tokens, 0),
      unpricedTokens: own.reduce((sum, { unpricedTokens }) => sum + unpricedTokens, 0),
      longPico: ofKind("long"),
      cachePico: ofKind("cache"),
      batchPico: ofKind("batch"),
    };
  });
}

function driftsIn(cells: readonly Cell[], provider: Provider, lastDay: string): readonly Drift[] {
  const factors = new Map(
    [...Map.groupBy(cells, ({ model }) => model)].map(([model, days]) => [model, factorOf(days.filter(({ day }) => day !== lastDay))]),
  );
  return cells.flatMap((cell) => {
    const factor = factors.get(cell.model);
    const cause = causeOf(cell, factor, cell.day === lastDay);
    if (cause === undefined) return [];
    const { day, model, billedPico, ledgerPico } = cell;
    const shown = cause === "price" && factor ? { factor: factor.inTenThousandths } : {};
    return [{ day, provider, model, billedPico, ledgerPico, cause, ...shown }];
  });
}
