import type { Incident, Transition } from "./incident.ts";

/** Incidents and what happened to them. Numbers count from 1 and are never used again. */
export interface Incidents {
  /** The next free number. */
  nextNumber(): Promise<number>;
  find(number: number): Promise<Incident | undefined>;
  openOf(key: string): Promise<Incident | undefined>;
  /** The newest of the key that is resolved. */
  lastResolvedOf(key: string): Promise<Incident | undefined>;
  /** Writes a new one (version 1), or one whose stored version is one less; false when somebody else was faster, or one of the key is open. */
  put(incident: Incident): Promise<boolean>;
  /** Writes down what happened; the same incident and ordinal is written once. */
  append(transitions: readonly Transition[]): Promise<void>;
  /** In order. */
  timeline(number: number): Promise<readonly Transition[]>;
  /** Open ones, newest first; of one repository where it is named (case does not matter). */
  open(repository?: string): Promise<readonly Incident[]>;
  /** Of a repository, opened at or after that moment, newest first. */
  openedSince(repository: string, since: number): Promise<readonly Incident[]>;
  /** Of a repository, resolved at or after that moment, newest first. */
  resolvedSince(repository: string, since: number): Promise<readonly Incident[]>;
}
