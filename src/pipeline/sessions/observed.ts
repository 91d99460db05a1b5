import type { Appended } from "../usage/ledger.ts";
import type { FailureTold, RequestTold, SessionTold } from "./event.ts";

/** What hooks tell of a session, beside what it used. */
export type Observation = SessionTold | FailureTold | RequestTold;

/** What is older is forgotten. */
export const observationsKeptForMs = 90 * 24 * 60 * 60_000;

/** What was told of sessions of Claude Code. */
export interface Observed {
  /** Writes it down once by its type and id. Of several tellings of one the latest stays, whatever the order in which they come. */
  put(observation: Observation): Promise<Exclude<Appended, "covered">>;
  /** What was told of a commit, newest first; the repository's name ignores case. */
  ofHead(repository: string, headSha: string, most: number): Promise<readonly Observation[]>;
}

/** Of two tellings of one the later stays; of one moment the one that says more. It is a total order, so that any order of arrival ends alike. */
export function saysMore(one: Observation, other: Observation): boolean {
  if (one.at !== other.at) return one.at > other.at;
  if (hasEnded(one) !== hasEnded(other)) return hasEnded(one);
  const [text, otherText] = [canonical(one), canonical(other)];
  return text.length === otherText.length ? text > otherText : text.length > otherText.length;
}

const hasEnded = (told: Observation): boolean => told.type === "session" && told.state === "ended";

const canonical = (told: Observation): string => JSON.stringify(Object.entries(told).toSorted(([one], [other]) => (one < other ? -1 : 1)));
