import type { PullSceneName } from "./pull-scenes.ts";
import type { SceneName } from "./scenes.ts";

/** What the console shows of GitHub. */
export interface GitHubShown {
  /** The failing one first. */
  readonly pulls: readonly ConsolePull[];
  readonly main: ConsoleBranch;
  /** Newest first. */
  readonly discussions: readonly ConsoleDiscussion[];
}

export interface ConsolePull {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  /** The workflow runs of its head, oldest first. */
  readonly runs: readonly ConsoleRun[];
  readonly checks: readonly ConsoleCheck[];
  /** Comments, and reviews that say something, oldest first. */
  readonly comments: readonly ConsoleComment[];
  /** What was said on lines. */
  readonly threads: readonly ConsoleReviewThread[];
}

export interface ConsoleBranch {
  readonly name: string;
  readonly runs: readonly ConsoleRun[];
  readonly checks: readonly ConsoleCheck[];
}

export interface ConsoleDiscussion extends ConsoleComment {
  readonly number: number;
  readonly title: string;
  /** The category's slug. */
  readonly category: string;
  readonly comments: readonly (ConsoleComment & { readonly replies: readonly ConsoleComment[] })[];
}

export interface ConsoleReviewThread {
  readonly path: string;
  readonly line: number;
  /** The first of the lines that it is about, where they are more than one. */
  readonly startLine?: number;
  readonly isResolved: boolean;
  /** The lines have changed since. */
  readonly isOutdated: boolean;
  /** The lines as they were when it was said, with some before them; absent where the file has no such lines. */
  readonly code?: { readonly first: number; readonly lines: readonly string[] };
  readonly comments: readonly ConsoleComment[];
}

export interface ConsoleRun {
  readonly id: number;
  readonly workflow: string;
  readonly jobs: readonly ConsoleJob[];
}

/** A check run that the bot made on the head. */
export interface ConsoleCheck {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly title: string;
  readonly summary: string;
  readonly actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
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

export interface ConsoleComment {
  readonly id: string;
  readonly author: string;
  readonly isBot: boolean;
  readonly body: string;
  readonly createdAt: string;
  readonly isEdited: boolean;
  readonly reactions: readonly { readonly content: string; readonly count: number }[];
  /** Why it is hidden, where it is: `outdated`. */
  readonly minimised?: string;
  /** Of a review: approved, changes_requested or commented. */
  readonly verdict?: string;
}

/** A pull request by its number, or a branch by its name. */
export type ConsoleTarget = number | string;

/** What the console needs of GitHub. Replies name the first comment of what they reply to. */
export interface ConsoleGitHub {
  read(): Promise<GitHubShown>;
  comment(as: string, pull: number, body: string, replyTo?: number): Promise<void>;
  discuss(as: string, discussion: number, body: string, replyTo?: number): Promise<void>;
  /** Lets a job fail, now and in further attempts. */
  breakJob(target: ConsoleTarget, name: string): Promise<void>;
  /** Lets the next attempt of a job pass. */
  fixJob(target: ConsoleTarget, name: string): Promise<void>;
  /** Ends what is under way at once. */
  finish(target: ConsoleTarget): Promise<void>;
  /** Presses a button of one of the bot's check runs; without one, asks to run it again. */
  press(as: string, check: number, button?: string): Promise<void>;
  /** Lets something happen to main or around it. */
  happen(as: string, scene: SceneName): Promise<void>;
  /** Moves the head of the pull request. */
  push(number: number): Promise<void>;
  /** Lets something happen to a pull request. */
  happenTo(as: string, number: number, scene: PullSceneName): Promise<void>;
  /** Commits what the comment with this id suggests for its lines. */
  commitSuggestion(as: string, number: number, comment: number): Promise<void>;
  /** From now on runs begin and end by themselves, slowly enough to watch. */
  letRunsMove(): void;
  onChange(listener: () => void): () => void;
}
