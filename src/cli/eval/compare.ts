import type { Group, Scorecard } from "./scorecard.ts";

export interface FigureChange {
  /** `triage`, then whose it was and is. */
  readonly set: Group["set"];
  readonly before: Group;
  readonly after: Group;
}

export interface CaseChange {
  readonly set: Group["set"];
  readonly case: string;
  /** Of how many turns so many were right. */
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly isSameSet: boolean;
  readonly figures: readonly FigureChange[];
  readonly better: readonly CaseChange[];
  readonly worse: readonly CaseChange[];
  /** Cases that only one of the two has. */
  readonly only: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** What got better or worse from one scorecard to the other, by the share of turns that were right in each case. */
export function compareCards(before: Scorecard, after: Scorecard): Comparison {
  const [old, now] = [casesOf(before), casesOf(after)];
  const both = [...old.keys()].filter((key) => now.has(key)).toSorted();
  const changes = both.map((key) => {
    const [one, other] = [old.get(key) ?? nothing, now.get(key) ?? nothing];
    return { key, gain: other.right / other.of - one.right / one.of, change: toChange(key, one, other) };
  });
  const missing = (from: typeof old, to: typeof old) => [...from.keys()].filter((key) => !to.has(key)).toSorted();
  return {
    isSameSet: before.setDigest === after.setDigest,
    figures: (["triage", "review"] as const).flatMap((set) => {
      const [one, other] = [largest(before, set), largest(after, set)];
      return one && other ? [{ set, before: one, after: other }] : [];
    }),
    better: changes.filter(({ gain }) => gain > 0).map(({ change }) => change),
    worse: changes.filter(({ gain }) => gain < 0).map(({ change }) => change),
    only: { before: missing(old, now), after: missing(now, old) },
  };
}

interface Turns {
  readonly right: number;
  readonly of: number;
}
const nothing: Turns = { right: 0, of: 1 };

function casesOf({ outcomes }: Scorecard): ReadonlyMap<string, Turns> {
  const grouped = Map.groupBy(outcomes, ({ set, case: id }) => `${set}/${id}`);
  return new Map([...grouped].map(([key, turns]) => [key, { right: turns.filter(({ isRight }) => isRight).length, of: turns.length }]));
}

function toChange(key: string, before: Turns, after: Turns): CaseChange {
  const [set = "", id = ""] = key.split("/");
  const words = ({ right, of }: Turns) => (of === 1 ? (right === 1 ? "right" : "wrong") : `${right} of ${of} right`);
  return { set: set === "review" ? "review" : "triage", case: id, before: words(before), after: words(after) };
}

/** A run asks one model; where its vendor let others answer, the one that answered most is meant. */
const largest = ({ groups }: Scorecard, set: Group["set"]): Group | undefined =>
  groups.filter((group) => group.set === set).toSorted((a, b) => b.spent.calls - a.spent.calls)[0];
