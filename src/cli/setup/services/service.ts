import type { Present } from "../../../config/present.ts";

/** Something that the pipeline asks, and that has to be set up by a person. */
export interface Service {
  readonly name: string;
  /** What it is for: half a sentence. */
  readonly purpose: string;
  look(around: Around): Promise<Seen>;
}

export interface Around {
  readonly variables: Present;
  /** Where Claude Code keeps what is of this account. */
  readonly claudeFolder: string;
  readonly home: string;
  /** Of the checkout. */
  readonly root: string;
  /** `owner/name`, where the checkout has one. */
  readonly repository: string | undefined;
  readonly isOffline: boolean;
}

export interface Seen {
  readonly state: "works" | "missing" | "wrong" | "unchecked";
  /** A sentence, without a secret. */
  readonly says: string;
  /** What to do next, a line each: a command, a line of a shell's profile, an address. */
  readonly next?: readonly string[];
}

export const works = (says: string): Seen => ({ state: "works", says });
export const missing = (says: string, ...next: readonly string[]): Seen => ({ state: "missing", says, next });
export const wrong = (says: string, ...next: readonly string[]): Seen => ({ state: "wrong", says, next });
/** It is set, and nobody was asked whether it is right. */
export const unchecked = (says: string): Seen => ({ state: "unchecked", says });
