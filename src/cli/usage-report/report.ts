import type { UsageKey, UsageSum } from "../../pipeline/usage/ledger.ts";
import type { PicoUsd } from "../../pipeline/usage/money.ts";
import type { Basis } from "../../pipeline/usage/usage.ts";
import { type Amount, addUp } from "./add-up.ts";
import type { UnpricedModel, UsageSource } from "./source.ts";
import { before, type Span } from "./span.ts";

/** What a report can be grouped by, as people call it, and the ledger's key. */
export const groupings = {
  model: "model",
  phase: "phase",
  user: "actor",
  service: "service",
  pr: "pr",
  session: "session",
  provider: "provider",
  day: "day",
} as const satisfies Record<string, UsageKey>;
export type Grouping = keyof typeof groupings;

export interface Group extends Amount {
  /** undefined where the requests do not say. */
  readonly name: string | undefined;
}

export interface UsageReport {
  readonly span: Span;
  readonly zone: string;
  readonly source: string;
  readonly by: Grouping;
  /** The dearest first; days in their order. */
  readonly groups: readonly Group[];
  readonly total: Amount;
  /** The same total by who pays how. */
  readonly byBasis: Readonly<Record<Basis, Amount>>;
  /** Most tokens first. */
  readonly unpriced: readonly UnpricedModel[];
  readonly previous: { readonly span: Span; readonly meteredPico: PicoUsd };
  readonly burn: Burn;
}

/** How fast money goes: what metered requests cost. */
export interface Burn {
  /** A day of 24 hours, over as much of the span as has passed. */
  readonly perDayPico: PicoUsd;
  /** Before the end of the span; absent where that lies in the past. */
  readonly lastHourPico?: PicoUsd;
  readonly lastDayPico?: PicoUsd;
}

interface Asked {
  readonly by: Grouping;
  readonly span: Span;
  readonly zone: string;
  readonly now: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export async function makeReport(source: UsageSource, { by, span, zone, now }: Asked): Promise<UsageReport> {
  const sums = await source.sums(span, [groupings[by], "basis"], zone);
  const total = addUp(sums);
  const previous = before(span);
  return {
    span,
    zone,
    source: source.name,
    by,
    groups: toGroups(sums, by),
    total,
    byBasis: { metered: ofBasis(sums, "metered"), subscription: ofBasis(sums, "subscription"), free: ofBasis(sums, "free") },
    unpriced: total.unpricedTokens === 0 ? [] : await source.unpriced(span),
    previous: { span: previous, meteredPico: await source.meteredPico(previous) },
    burn: await toBurn(source, span, total, now),
  };
}

const ofBasis = (sums: readonly UsageSum[], basis: Basis): Amount => addUp(sums.filter(({ group }) => group[1] === basis));

function toGroups(sums: readonly UsageSum[], by: Grouping): readonly Group[] {
  const named = Map.groupBy(sums, ({ group }) => group[0]);
  const groups = [...named].map(([name, parts]): Group => ({ name, ...addUp(parts) }));
  return by === "day" ? groups.toSorted((one, other) => ((one.name ?? "") < (other.name ?? "") ? -1 : 1)) : groups.toSorted(dearestFirst);
}

/** By what was billed, then by list prices. */
export function dearestFirst(one: Group, other: Group): number {
  const billed = other.costPico.metered - one.costPico.metered;
  const difference = billed === 0n ? other.costPico.subscription - one.costPico.subscription : billed;
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return other.requests - one.requests || (one.name ?? "").localeCompare(other.name ?? "", "en");
}

async function toBurn(source: UsageSource, { since, until }: Span, total: Amount, now: number): Promise<Burn> {
  const passedMs = Math.max(Math.min(until, now) - since, 1);
  const perDayPico = (total.costPico.metered * BigInt(dayMs)) / BigInt(passedMs);
  if (until < now || since >= now) return { perDayPico };
  const last = (ms: number) => source.meteredPico({ since: now - ms, until: now });
  return { perDayPico, lastHourPico: await last(hourMs), lastDayPico: await last(dayMs) };
}
