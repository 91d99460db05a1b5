import { isMissed, type LeftOut } from "./left-out.ts";

export interface LookedAt {
  /** All files that the pull request changes. */
  readonly all: readonly string[];
  /** Those that were looked at now. */
  readonly paths: readonly string[];
  readonly left: readonly LeftOut[];
}

/** What an earlier review left out, and nobody has looked at since, is still not reviewed: where only a part is looked at again, it is named again. */
export function carryLeft(before: readonly LeftOut[], { all, paths, left }: LookedAt): readonly LeftOut[] {
  const there = new Set(all);
  const known = new Set([...paths, ...left.flatMap(({ path, why }) => (why === "not_chosen" ? [] : [path]))]);
  const carried = before.filter((one) => isMissed(one) && there.has(one.path) && !known.has(one.path));
  const named = new Set(carried.map(({ path }) => path));
  return [...left.filter(({ path, why }) => why !== "not_chosen" || !named.has(path)), ...carried];
}
