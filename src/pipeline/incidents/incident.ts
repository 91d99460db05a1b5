import type { GitHubAccount } from "../access.ts";
import type { Evidence, Verdict } from "../failures/diagnosis.ts";
import type { FixDecision } from "../failures/fix-words.ts";
import type { KnownMatch } from "../known-issues/known-issue.ts";

/** Somebody who acts on an incident. */
export interface Person {
  /** `slack:T1/U1`, `github:583231` or `pager:<name>`, as in the audit. */
  readonly key: string;
  readonly name: string;
  readonly account?: GitHubAccount;
  /** Their id in Slack, where it is known. */
  readonly slackUser?: string;
}

/** A run that has spoken, in the order of commits: by its number, then its attempt. */
export interface RunMark {
  readonly runId: number;
  readonly number: number;
  readonly attempt: number;
  readonly headSha: string;
  readonly url: string;
  /** Of a merge queue's run. */
  readonly pullRequest?: number;
  /** When it ended, as far as we know (milliseconds since the epoch). */
  readonly at: number;
}

/** What is broken: one workflow on one branch, or many things at once for one reason. */
export type Subject =
  | {
      readonly kind: "pipeline";
      readonly repository: string;
      readonly workflowId: number;
      readonly workflow: string;
      readonly branch: string;
      /** A merge queue's runs onto the branch are a pipeline of their own, as are schedules and releases. */
      readonly trigger: "branch" | "merge_queue" | "schedule" | "release";
    }
  | {
      readonly kind: "outage";
      readonly repository: string;
      readonly signature: string;
      /** The workflows that it was seen in. */
      readonly workflowIds: readonly number[];
    };

/** Whom it may concern, and why. */
export interface Concerned {
  readonly name: string;
  readonly login?: string;
  readonly slackUser?: string;
  readonly because: "author" | "merger" | "code_owner" | "on_call";
}

/** A failure that somebody is to own until it is green. All times are milliseconds since the epoch. */
export interface Incident {
  /** `i12` for people. */
  readonly number: number;
  /** One open incident for each. */
  readonly key: string;
  readonly subject: Subject;
  readonly state: "open" | "acknowledged" | "resolved";
  /** The jobs that fail, sorted; of an outage the jobs that it was seen in. */
  readonly jobs: readonly string[];
  readonly openedAt: number;
  /** The red runs that began it, and the newest; how many there were. */
  readonly firstRed: RunMark;
  readonly lastRed: RunMark;
  readonly redCount: number;
  /** The last green run before it, where one is known. */
  readonly greenBefore?: RunMark;
  /** Of its errors, to know it again elsewhere; the newest run's. */
  readonly signatures: readonly string[];
  /** Green runs since the newest red one, where one is not enough because it flips. */
  readonly greens: readonly RunMark[];
  readonly verdict?: Verdict;
  readonly evidence?: readonly Evidence[];
  /** What was done about the newest failure without a person, or would be. */
  readonly fixes?: readonly FixDecision[];
  /** The known issue that it is. */
  readonly known?: Pick<KnownMatch, "id" | "description" | "references">;
  /** The first error, and the tests that failed, masked. */
  readonly firstError?: string;
  readonly failedTests?: readonly string[];
  readonly concerned?: readonly Concerned[];
  /** The incident that it is part of: an outage, or what broke the default branch. */
  readonly outage?: number;
  /** The one of the same key before it, where that was resolved less than a day ago. */
  readonly follows?: number;
  readonly owner?: { readonly person: Person; readonly since: number };
  readonly snooze?: { readonly by: Person; readonly until: number | "fixed" };
  /** How often it was escalated since nobody owned it. */
  readonly escalations: number;
  readonly resolved?: { readonly at: number; readonly as: Recovery | "by_hand"; readonly by?: Person };
  /** When what comes next is due: each is decided by `tick`. */
  readonly due: Due;
  /** How many transitions it has had; each is numbered by it. */
  readonly transitions: number;
  /** Whether the channel was told of it. */
  readonly isTold: boolean;
  /** One more for each change, for compare-and-set. */
  readonly version: number;
}

/** `flake`: the same commit passed. `fixed`: a newer one did. `unknown`: it cannot be told apart. */
export type Recovery = "fixed" | "flake" | "unknown";

export interface Due {
  /** The first message. */
  readonly tellAt?: number;
  /** Nobody owns it: it goes one further. */
  readonly escalateAt?: number;
  /** The owner is asked whether they are still at it. */
  readonly remindAt?: number;
  /** They did not answer: it is nobody's again. */
  readonly releaseAt?: number;
  readonly stillBrokenAt?: number;
  readonly snoozedUntil?: number;
  /** Nothing more was seen of an outage. */
  readonly quietAt?: number;
}

export const transitionKinds = [
  "opened",
  "set_changed",
  "acknowledged",
  "unacknowledged",
  "reminded",
  "escalated",
  "snoozed",
  "downgraded",
  "recovered",
  "reopened",
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** Something that happened to an incident and that people are told of, once each audience. */
export interface Transition {
  readonly incident: number;
  /** 1 for the first. */
  readonly ordinal: number;
  readonly kind: TransitionKind;
  /** A snake_case code: why. */
  readonly reason: string;
  readonly at: number;
  /** Who did it; absent where nobody did. */
  readonly by?: Person;
  /** Whose it was before, where that changes. */
  readonly from?: Person;
  /** What is new of it: jobs that fail now and did not, the run, until when. */
  readonly newJobs?: readonly string[];
  readonly run?: RunMark;
  readonly until?: number | "fixed";
  /** Who is called. */
  readonly called?: readonly Called[];
}

/** Somebody whom an escalation calls: on call, or the fallback where nobody is. */
export interface Called {
  readonly name: string;
  readonly slackUser: string;
}

/** `i12` */
export const incidentName = ({ number }: Pick<Incident, "number">): string => `i${number}`;
