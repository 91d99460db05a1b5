import type { Diagnosis } from "./diagnosis.ts";

/** What a run was of: a pull request, a branch, or a pull request in the merge queue. */
export type Place = `pull:${number}` | `branch:${string}` | `queue:${number}`;

/** Where and when a signature was seen. */
export interface Sighting {
  readonly place: Place;
  readonly headSha: string;
  readonly runId: number;
  readonly jobId: number;
  readonly job: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface FlakyJob {
  readonly job: string;
  /** In how many attempts of runs. */
  readonly times: number;
  readonly lastAt: number;
}

/** What is older is forgotten. */
export const diagnosesKeptForMs = 30 * 24 * 60 * 60_000;

/** What was found out about failed runs. Repositories' names ignore case. */
export interface Diagnoses {
  /** Replaces what was said of the same attempt before. */
  put(diagnosis: Diagnosis, place: Place): Promise<void>;
  ofRun(repository: string, runId: number, attempt: number): Promise<Diagnosis | undefined>;
  /** Of each run of the commit the newest attempt that failed, newest first. */
  ofHead(repository: string, headSha: string): Promise<readonly Diagnosis[]>;
  /** Where the signature was seen at that time or later, newest first; at most 100. */
  sightings(repository: string, signature: string, since: number): Promise<readonly Sighting[]>;
  /** The jobs that looked flaky most often at that time or later. */
  flakiest(repository: string, since: number, limit: number): Promise<readonly FlakyJob[]>;
}
