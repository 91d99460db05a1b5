import { setTimeout as sleep } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { prompts } from "../ai/prompts/index.ts";
import { reviewRulesOf } from "../config/ai/reviews.ts";
import { designLimitsOf } from "../config/ai.ts";
import type { Config } from "../config/config.ts";
import { packagedIssues } from "../config/read-known-issues.ts";
import { toRunnerPrices } from "../config/runners.ts";
import { secretsOf } from "../config/secrets-of.ts";
import type { GitHubAccount } from "../pipeline/access.ts";
import { toCheckLink } from "../pipeline/linking/check-link.ts";
import { toPico } from "../pipeline/usage/money.ts";
import { emptyBook } from "../pipeline/usage/price-book.ts";
import type { Services } from "../services.ts";
import { githubBlame } from "./github/blame.ts";
import { githubBranches } from "./github/branches.ts";
import { githubCaches } from "./github/caches.ts";
import { githubChanges } from "./github/changes.ts";
import { createGitHub, type GitHub } from "./github/client.ts";
import { githubEvidence } from "./github/evidence.ts";
import { githubHistory } from "./github/history.ts";
import { githubJobLogs } from "./github/job-logs.ts";
import { type GitHubOAuth, githubOAuth } from "./github/oauth.ts";
import { githubPermissions } from "./github/permissions.ts";
import { githubPipelines } from "./github/pipelines.ts";
import { githubPullRequests } from "./github/pull-requests.ts";
import { githubRedeliveries } from "./github/redeliveries.ts";
import { githubRepositories } from "./github/repositories.ts";
import { githubRunFacts } from "./github/run-facts.ts";
import { githubRuns } from "./github/runs.ts";
import { githubWorkflows } from "./github/workflows.ts";
import { createOnCall } from "./on-call/on-call.ts";
import type { Paces } from "./paces.ts";
import { createPager } from "./pager/pager.ts";
import { createIdentity, createSlackClient, type SlackIdentity } from "./slack/client.ts";
import { createAppTokenCheck } from "./slack/socket/app-token.ts";
import { membersOf } from "./slack/user-groups.ts";
import { slackWorkspace } from "./slack/workspace.ts";

/** How we speak to Slack and GitHub, and who we are there. */
export interface Connections {
  readonly slack: WebClient;
  readonly slackIdentity: () => Promise<SlackIdentity>;
  /** Whether Slack takes the app-level token, where Socket Mode is used. */
  readonly appTokenCheck?: () => Promise<unknown>;
  readonly gitHub: GitHub;
  readonly gitHubIdentity: () => Promise<unknown>;
  /** Whether a login on GitHub is our own; before we know it, any is. */
  readonly isUs: (login: string) => boolean;
  /** How people sign in; absent where a maintainer links them. */
  readonly oauth: GitHubOAuth | undefined;
}

export function connect(
  { slack, github, linking }: Pick<Config, "slack" | "github" | "linking">,
  log: Logger,
  { githubMs }: Paces,
): Connections {
  const client = createSlackClient(slack, log);
  const gitHub = createGitHub(github, log, githubMs);
  let ourLogin: string | undefined;
  return {
    slack: client,
    slackIdentity: createIdentity(client),
    ...(slack.appToken && { appTokenCheck: createAppTokenCheck({ apiUrl: slack.apiUrl, appToken: slack.appToken }, log) }),
    gitHub,
    async gitHubIdentity() {
      ourLogin = await gitHub.whoWeAre();
    },
    isUs: (login) => login === (ourLogin ?? login),
    oauth: linking && githubOAuth(github.apiUrl, linking),
  };
}

/** Every port, on the connections and the state. */
export function createServices(
  config: Pick<Config, "slack" | "github" | "linking" | "pager" | "apiTokens" | "ai" | "settings" | "knownIssues" | "priceBook">,
  connections: Connections,
  given: Pick<Services, "keys" | "claims" | "records" | "links" | "invitations" | "phasePlans" | "timings" | "channels">,
  now: () => number,
  log: Logger,
): Services {
  const { gitHub, isUs, oauth, slack } = connections;
  const { keys, records } = given;
  const onStrange = (account: GitHubAccount) => records.transaction(({ queue }) => queue.add(toCheckLink(account, now())));
  return {
    ...given,
    pipelines: githubPipelines(gitHub),
    pullRequests: githubPullRequests(gitHub),
    permissions: githubPermissions(gitHub, keys, onStrange),
    accounts: oauth,
    workspace: slackWorkspace(slack, connections.slackIdentity, keys),
    repositories: githubRepositories(gitHub),
    runs: githubRuns(gitHub),
    workflows: githubWorkflows(gitHub, isUs),
    caches: githubCaches(gitHub),
    jobLogs: githubJobLogs(gitHub),
    evidence: githubEvidence(gitHub),
    redeliveries: githubRedeliveries(gitHub),
    runFacts: githubRunFacts(gitHub),
    history: githubHistory(gitHub, keys),
    blame: githubBlame(gitHub),
    changes: githubChanges(gitHub),
    branches: githubBranches(gitHub, keys),
    onCall: createOnCall(config.settings.onCall, { membersOf: (group) => membersOf(slack, group), records, now, log }),
    policies: config.settings.channels,
    followed: config.settings.incidents,
    pager: config.pager && createPager(config.pager, records, now),
    knownIssues: config.knownIssues ?? packagedIssues(),
    prompts,
    askAbovePico: toPico(config.settings.ai.askAboveUsd),
    reviewRules: (repository) => reviewRulesOf(config.settings.ai.reviews, repository),
    designLimits: designLimitsOf(config.settings.ai),
    priceBook: config.priceBook ?? emptyBook,
    money: config.settings.budgets,
    runnerPrices: toRunnerPrices(config.settings.runners),
    reports: config.settings.reports,
    internalsOn: config.settings.allow.internalsOn,
    discussions: config.settings.discussions,
    now,
    wait: (ms) => sleep(ms),
    secrets: secretsOf(config),
  };
}
