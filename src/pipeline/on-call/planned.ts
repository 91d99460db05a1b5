import type { Timeline } from "./rotation.ts";

/** Somebody is on call from a moment on, and no more at `until` (milliseconds since the epoch). */
export interface Planned {
  readonly from: number;
  readonly until: number;
  readonly people: readonly string[];
}

/**
 * What a calendar says, whose entries may overlap: then all of their people are on call.
 *
 * @param knownUntil what comes at or after that moment is not known
 */
export function plannedTimeline(planned: readonly Planned[], knownUntil: number): Timeline {
  const segments = toSegments(planned).filter(({ from }) => from < knownUntil);
  return (moment) => {
    const at = segments.findLastIndex(({ from }) => from <= moment);
    const until = segments[at + 1]?.from;
    return { people: segments[at]?.people ?? [], ...(until !== undefined && { until }) };
  };
}

/** When who is on call changes, in order; neighbours differ. */
function toSegments(planned: readonly Planned[]): readonly { readonly from: number; readonly people: readonly string[] }[] {
  const edges = planned
    .filter(({ from, until, people }) => until > from && people.length > 0)
    .flatMap(({ from, until, people }) =>
      people.flatMap((person) => [
        { at: from, person, by: 1 },
        { at: until, person, by: -1 },
      ]),
    )
    .toSorted((a, b) => a.at - b.at);
  const entries = new Map<string, number>();
  const segments: { from: number; people: readonly string[] }[] = [];
  for (const [index, { at, person, by }] of edges.entries()) {
    const count = (entries.get(person) ?? 0) + by;
    if (count === 0) entries.delete(person);
    else entries.set(person, count);
    if (edges[index + 1]?.at === at) continue;
    const people = [...entries.keys()].toSorted();
    if (people.join() !== (segments.at(-1)?.people ?? []).join()) segments.push({ from: at, people });
  }
  return segments;
}
