import type { Accounts, Links, Permissions } from "./pipeline/access.ts";
import type { Channels } from "./pipeline/ai/channel.ts";
import type { Prompts } from "./pipeline/ai/prompt.ts";
import type { Caches } from "./pipeline/caches.ts";
import type { Changes } from "./pipeline/changes.ts";
import type { Claims } from "./pipeline/claims.ts";
import type { DesignLimits } from "./pipeline/design/limits.ts";
import type { Branches } from "./pipeline/failures/branches.ts";
import type { JobHistory } from "./pipeline/failures/history.ts";
import type { Blame } from "./pipeline/failures/responsible.ts";
import type { Followed } from "./pipeline/incidents/followed.ts";
import type { Timings } from "./pipeline/incidents/timings.ts";
import type { JobLogs } from "./pipeline/job-logs.ts";
import type { Keys } from "./pipeline/keys.ts";
import type { KnownIssues } from "./pipeline/known-issues/known-issues.ts";
import type { Invitations } from "./pipeline/linking/invitations.ts";
import type { OnCall } from "./pipeline/on-call/on-call.ts";
import type { Pager } from "./pipeline/pager/pager.ts";
import type { Evidence } from "./pipeline/phases/evidence.ts";
import type { PhasePlans } from "./pipeline/phases/phases.ts";
import type { Pipelines } from "./pipeline/pipelines.ts";
import type { RunFacts } from "./pipeline/policy/facts.ts";
import type { ChannelPolicy } from "./pipeline/policy/rule.ts";
import type { PullRequests } from "./pipeline/pull-requests.ts";
import type { Records } from "./pipeline/records.ts";
import type { Redeliveries } from "./pipeline/redeliveries.ts";
import type { WeeklyReports } from "./pipeline/reports/weekly-reports.ts";
import type { Repositories } from "./pipeline/repositories.ts";
import type { ReviewRules } from "./pipeline/reviews/rules.ts";
import type { RunnerPrice } from "./pipeline/runner-minutes/runner-prices.ts";
import type { Runs } from "./pipeline/runs.ts";
import type { PicoUsd } from "./pipeline/usage/money.ts";
import type { PriceBook } from "./pipeline/usage/price-book.ts";
import type { Workflows } from "./pipeline/workflows.ts";
import type { Workspace } from "./pipeline/workspace.ts";

/** Every port that a command or the dispatch may ask for; each names what it needs with Pick. */
export interface Services {
  readonly pipelines: Pipelines;
  readonly pullRequests: PullRequests;
  readonly permissions: Permissions;
  readonly links: Links;
  /** This and the next are absent where a maintainer links people. */
  readonly accounts: Accounts | undefined;
  readonly invitations: Invitations | undefined;
  readonly workspace: Workspace;
  readonly repositories: Repositories;
  readonly runs: Runs;
  readonly workflows: Workflows;
  readonly caches: Caches;
  readonly jobLogs: JobLogs;
  readonly phasePlans: PhasePlans;
  readonly evidence: Evidence;
  readonly redeliveries: Redeliveries;
  readonly runFacts: RunFacts;
  readonly history: JobHistory;
  readonly blame: Blame;
  readonly changes: Changes;
  readonly branches: Branches;
  readonly onCall: OnCall;
  /** How long things take. */
  readonly timings: Timings;
  /** The repositories whose failures are followed. */
  readonly followed: readonly Followed[];
  /** Absent where nobody is paged. */
  readonly pager: Pager | undefined;
  readonly knownIssues: KnownIssues;
  /** The models that can be asked, and what they are asked. */
  readonly channels: Channels;
  readonly prompts: Prompts;
  /** A command that may cost more asks first. */
  readonly askAbovePico: PicoUsd;
  /** How pull requests of a repository are reviewed. */
  readonly reviewRules: (repository: string) => ReviewRules;
  readonly designLimits: DesignLimits;
  /** What models cost, and the budgets. */
  readonly priceBook: PriceBook;
  /** Where hours, days, weeks and months of money begin and end: an IANA zone. And the channel that is told of budgets, if any. */
  readonly money: { readonly zone: string; readonly channel?: string | undefined };
  /** What minutes on runners cost, where that is not as GitHub lists it; the first that fits counts. */
  readonly runnerPrices: readonly RunnerPrice[];
  /** When and where the weekly report is told. */
  readonly reports: WeeklyReports;
  /** Public repositories on which the bot's inner workings, and what things cost, are told all the same, for everybody to read. */
  readonly internalsOn: readonly string[];
  /** What the settings file says of each channel. */
  readonly policies: readonly ChannelPolicy[];
  /** Where the settings file lets us post what concerns a whole repository: a category of its Discussions, by its slug. */
  readonly discussions: readonly { readonly repository: string; readonly category: string }[];
  readonly claims: Claims;
  readonly keys: Keys;
  readonly records: Records;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Values that must never be shown: our own credentials. */
  readonly secrets: readonly string[];
}
