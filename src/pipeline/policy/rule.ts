/** GitHub's words for how a run ended, and ours for the first success after a failure of that workflow on that branch. */
export const conclusions = [
  "failure",
  "recovered",
  "success",
  "cancelled",
  "timed_out",
  "action_required",
  "startup_failure",
  "neutral",
  "skipped",
  "stale",
] as const;
export type Conclusion = (typeof conclusions)[number];

/** What a rule that says nothing of conclusions tells of. */
export const defaultConclusions: readonly Conclusion[] = ["failure", "timed_out", "startup_failure", "recovered"];

/**
 * What starts runs (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows); `dynamic` is GitHub's
 * own, such as Dependabot's.
 */
export const runEvents = [
  ...["branch_protection_rule", "check_run", "check_suite", "create", "delete", "deployment", "deployment_status", "discussion"],
  ...["discussion_comment", "dynamic", "fork", "gollum", "image_version", "issue_comment", "issues", "label", "merge_group", "milestone"],
  ...["page_build", "public", "pull_request", "pull_request_review", "pull_request_review_comment", "pull_request_target", "push"],
  ...["registry_package", "release", "repository_dispatch", "schedule", "status", "watch", "workflow_call", "workflow_dispatch"],
  "workflow_run",
] as const;

/** What starts runs that concern a channel; a pull request's concern its author, unless a rule asks for them. */
export const defaultEvents: readonly string[] = ["push", "schedule", "workflow_dispatch", "merge_group", "release"];

/** Which runs a channel hears of. What is absent excludes nothing, but for `events` and `conclusions`, which have defaults. */
export interface Rule {
  /** Those of the channel when absent. */
  readonly repositories?: readonly string[] | undefined;
  /** Patterns for names of workflows. */
  readonly workflows?: readonly string[] | undefined;
  /** Patterns for names of branches. */
  readonly branches?: readonly string[] | undefined;
  readonly events?: readonly string[] | undefined;
  /** Logins of who started the run. */
  readonly actors?: { readonly only?: readonly string[] | undefined; readonly not?: readonly string[] | undefined } | undefined;
  readonly bots?: "in" | "out" | undefined;
  readonly conclusions?: readonly Conclusion[] | undefined;
  /** Patterns: at least one changed file fits. */
  readonly paths?: readonly string[] | undefined;
  /** `organisation/team`: who started the run is in one of them. */
  readonly teams?: readonly string[] | undefined;
  /** `first` leaves out the failures of later attempts. */
  readonly attempts?: "first" | "all" | undefined;
  /** Where the rule stands: `config/nextrust.yml:12`. Absent for one that was subscribed to. */
  readonly at?: string | undefined;
}

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A time of the day in which nothing is posted. `from` later than `to` goes on into the next day. */
export interface QuietWindow {
  /** `18:00` */
  readonly from: string;
  /** `08:00`; `24:00` is the end of the day. */
  readonly to: string;
  /** An IANA time zone. */
  readonly zone: string;
  /** The days on which it begins; every day when absent. */
  readonly days?: readonly (typeof weekdays)[number][] | undefined;
}

/** When a channel hears how its incidents stand. */
export interface DigestTime {
  /** `09:00` */
  readonly at: string;
  /** An IANA time zone. */
  readonly zone: string;
  /** Every day when absent. */
  readonly days?: readonly (typeof weekdays)[number][] | undefined;
}

/** What the settings file says of one channel. */
export interface ChannelPolicy {
  readonly id: string;
  readonly repositories: readonly string[];
  readonly notify?: readonly Rule[] | undefined;
  readonly threads?: "flat" | "threaded" | undefined;
  readonly quietHours?: readonly QuietWindow[] | undefined;
  readonly digest?: DigestTime | undefined;
}
