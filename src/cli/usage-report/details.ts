import type { UsageKey, UsageSum } from "../../pipeline/usage/ledger.ts";
import { type Amount, addUp } from "./add-up.ts";
import { dearestFirst, type Group, type UsageReport } from "./report.ts";
import type { UsageSource } from "./source.ts";

/** What only the page shows. */
export interface Details {
  /** In their order; each with its models, the dearest first. */
  readonly days: readonly { readonly day: string; readonly models: readonly Group[] }[];
  readonly models: readonly Group[];
  readonly pulls: readonly Group[];
  readonly sessions: readonly Group[];
  readonly before: Amount;
}

/** Reads what the page shows beside the report itself. */
export async function readDetails(source: UsageSource, { span, zone, previous }: UsageReport): Promise<Details> {
  const ask = (by: readonly UsageKey[]) => source.sums(span, by, zone);
  const days = await ask(["day", "model"]);
  return {
    days: [...Map.groupBy(days, ({ group }) => group[0] ?? "")]
      .map(([day, sums]) => ({ day, models: toGroups(sums, 1) }))
      .toSorted((one, other) => (one.day < other.day ? -1 : 1)),
    models: toGroups(days, 1),
    pulls: toGroups(await ask(["pr"]), 0),
    sessions: toGroups(await ask(["session"]), 0),
    before: addUp(await source.sums(previous.span, [])),
  };
}

function toGroups(sums: readonly UsageSum[], key: number): readonly Group[] {
  const named = Map.groupBy(sums, ({ group }) => group[key]);
  return [...named].map(([name, parts]) => ({ name, ...addUp(parts) })).toSorted(dearestFirst);
}
