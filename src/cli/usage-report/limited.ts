import { type Amount, addUp } from "./add-up.ts";
import { dearestFirst, type Group } from "./report.ts";

export interface Limited {
  readonly rows: readonly Group[];
  /** The rest in one, so that what is shown adds up to the total. */
  readonly others?: Amount & { readonly count: number };
}

/** The dearest so many groups, in the order in which they came. */
export function limited(groups: readonly Group[], limit: number): Limited {
  if (groups.length <= limit) return { rows: groups };
  const dearest = new Set(groups.toSorted(dearestFirst).slice(0, limit));
  const rest = groups.filter((group) => !dearest.has(group));
  return { rows: groups.filter((group) => dearest.has(group)), others: { count: rest.length, ...addUp(rest) } };
}
