/** A pull request as the console shows it. */
export interface ConsolePull {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  /** The workflow runs of its head, oldest first. */
  readonly runs: readonly ConsoleRun[];
  readonly comments: readonly ConsoleComment[];
}

export interface ConsoleRun {
  readonly id: number;
  readonly workflow: string;
  readonly jobs: readonly ConsoleJob[];
}

export interface ConsoleJob {
  readonly name: string;
  readonly state: string;
  /** How it stood in each attempt that ran it, the newest last. */
  readonly attempts: readonly { readonly attempt: number; readonly state: string }[];
  /** How its next attempt ends, where the visitor decided that. */
  readonly next?: Outcome;
}

export type Outcome = "success" | "failure";

interface ConsoleComment {
  readonly id: string;
  readonly author: string;
  readonly isBot: boolean;
  readonly body: string;
  readonly createdAt: string;
  readonly isEdited: boolean;
  readonly reactions: readonly { readonly content: string; readonly count: number }[];
}

/** What the console needs of GitHub. */
export interface ConsolePulls {
  read(): Promise<readonly ConsolePull[]>;
  comment(as: string, number: number, body: string): Promise<void>;
  /** Lets a job fail, now and in further attempts. */
  breakJob(number: number, name: string): Promise<void>;
  /** Lets the next attempt of a job pass. */
  fixJob(number: number, name: string): Promise<void>;
  /** Ends what is under way at once. */
  finish(number: number): Promise<void>;
  /** Moves the head of the pull request. */
  push(number: number): Promise<void>;
  /** From now on runs begin and end by themselves, slowly enough to watch. */
  letRunsMove(): void;
  onChange(listener: () => void): () => void;
}
