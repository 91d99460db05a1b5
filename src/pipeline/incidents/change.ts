import type { Incident, Transition } from "./incident.ts";

/** What became of an incident, and what of it people are told. */
export interface Change {
  readonly after: Incident;
  readonly transitions: readonly Transition[];
}

/** A transition that is not numbered yet. */
export type News = Omit<Transition, "incident" | "ordinal" | "at">;

/** Keys to set anew; one that is undefined is taken away. */
export type Changes = { readonly [K in keyof Incident]?: Incident[K] | undefined };

/** The incident with these changes, one version further, and its news numbered. */
export function change(before: Incident, changes: Changes, news: readonly News[], now: number): Change {
  const transitions = news.map((one, index) => ({
    ...one,
    incident: before.number,
    ordinal: before.transitions + index + 1,
    at: now,
  }));
  const after = { ...before, ...changes, transitions: before.transitions + news.length, version: before.version + 1 };
  return { after: withoutAbsent(after), transitions };
}

/** A key that is set to undefined is one that is not there. */
function withoutAbsent(incident: Changes): Incident {
  return Object.fromEntries(Object.entries(incident).filter(([, value]) => value !== undefined)) as unknown as Incident;
}
