import type { RestEndpointMethodTypes } from "@octokit/plugin-rest-endpoint-methods";

/** A permission or event that the GitHub App asks for. */
export interface AppNeed {
  /** As GitHub's API names it: `pull_requests`, `issue_comment`. */
  readonly name: string;
  /** As GitHub's settings page names it. */
  readonly title: string;
  readonly why: string;
}

type KnownPermission = keyof NonNullable<RestEndpointMethodTypes["apps"]["createInstallationAccessToken"]["parameters"]["permissions"]>;

export interface AppPermission extends AppNeed {
  readonly name: KnownPermission;
  readonly access: "read" | "write";
}

/** What the bot asks for on a repository, and no more. docs/github-app.md is generated from these two lists. */
export const appPermissions: readonly AppPermission[] = [
  {
    name: "metadata",
    title: "Metadata",
    access: "read",
    why: "finds the repository, and the role that whoever asks holds on it",
  },
  {
    name: "contents",
    title: "Contents",
    access: "read",
    why: "finds the commit of a branch or tag, reads workflow files: which inputs a workflow takes; looks whether the files of a phase are there; finds where a branch came off, who made a commit, who owns the code, and whether a branch is protected",
  },
  {
    name: "actions",
    title: "Actions",
    access: "write",
    why: "reads runs, jobs and logs; runs again, cancels, starts and approves runs; deletes caches",
  },
  {
    name: "checks",
    title: "Checks",
    access: "write",
    why: "reads the checks of a commit, and their annotations: which tests failed and where; says in a check run of its own, which never blocks a merge, why a commit is red and offers what to do",
  },
  {
    name: "statuses",
    title: "Commit statuses",
    access: "read",
    why: "reads the older kind of checks, so that a rollup leaves none out",
  },
  {
    name: "issues",
    title: "Issues",
    access: "write",
    why: "answers and reacts: GitHub counts the conversation of a pull request as an issue's",
  },
  {
    name: "pull_requests",
    title: "Pull requests",
    access: "write",
    why: "finds the pull request and its head commit, and answers and reacts on it and in its reviews; reads what it changes, and says on its lines what a review of the bot found",
  },
  {
    name: "discussions",
    title: "Discussions",
    access: "write",
    why: "answers and reacts in Discussions, and posts what concerns the whole repository",
  },
];

/** The deliveries that GitHub shall send. */
export const appEvents: readonly AppNeed[] = [
  {
    name: "issue_comment",
    title: "Issue comment",
    why: "a command in a comment on a pull request or an issue; a comment that is mirrored to Slack",
  },
  {
    name: "pull_request",
    title: "Pull request",
    why: "a command in what its author says at opening; what becomes of it, for its mirror in Slack, for those who watch it and, out of the merge queue, for its author",
  },
  {
    name: "pull_request_review",
    title: "Pull request review",
    why: "a command in what a review says as a whole; it and its verdict, for the mirror in Slack",
  },
  {
    name: "pull_request_review_comment",
    title: "Pull request review comment",
    why: "a command in a comment on a line; the comment, for the mirror in Slack",
  },
  { name: "discussion", title: "Discussion", why: "a command in what begins a Discussion" },
  { name: "discussion_comment", title: "Discussion comment", why: "a command in a comment or a reply in a Discussion" },
  {
    name: "workflow_run",
    title: "Workflow run",
    why: "a run began or ended: an answer about it is brought up to date, and what waited for its end goes on; what failed counts for backoff, and what passed resets it; incidents begin and end by it",
  },
  {
    name: "pull_request",
    title: "Pull request",
    why: "somebody watches it: a new head, out of the merge queue, closed; why it left the queue stands on it; it is opened, ready or has a new head, and is reviewed without anybody asking",
  },
  {
    name: "check_run",
    title: "Check run",
    why: "somebody presses a button of a check run of the bot, or runs it again",
  },
  { name: "workflow_job", title: "Workflow job", why: "a job began or ended: the progress of a run that somebody asked for" },
];
