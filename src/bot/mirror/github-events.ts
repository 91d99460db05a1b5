import { z } from "zod";
import { type GitHubChange, toMirrorJob } from "../../pipeline/mirror/changes.ts";
import type { PullFacts } from "../../pipeline/mirror/thread.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import type { Known } from "../github/known.ts";
import { isOurs, keyIn } from "../render/marker.ts";
import { githubBlocks } from "./github-text.ts";
import { nameOfWords } from "./words.ts";

const Account = z.object({ id: z.int(), login: z.string(), type: z.string() });
/** GitHub's account for those who deleted theirs. */
const ghost = { id: 10_137, login: "ghost", type: "User" };

const Repository = z.object({ full_name: z.string() });

const Pull = z.object({
  number: z.int(),
  node_id: z.string(),
  title: z.string(),
  html_url: z.string(),
  state: z.enum(["open", "closed"]),
  draft: z.boolean().nullish(),
  updated_at: z.string(),
  user: Account.nullable(),
});

const PullRequest = z.object({
  action: z.string(),
  repository: Repository,
  pull_request: Pull.extend({ merged_at: z.string().nullish() }),
});

/** What a pull request's conversation consists of; every kind of it has these. */
const Comment = z.object({
  id: z.int(),
  html_url: z.string(),
  body: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  user: Account.nullable(),
});

const IssueComment = z.object({
  action: z.string(),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).optional(),
  issue: Pull.extend({ pull_request: z.object({ merged_at: z.string().nullish() }).optional() }),
  comment: Comment,
  sender: Account,
  repository: Repository,
});

/** Actions by which a pull request comes up for discussion; the others only change what is there. */
const beginnings = ["opened", "reopened", "ready_for_review"];
const followed = [...beginnings, "edited", "closed", "converted_to_draft"];

/** The state and title of a pull request, for the first message of its thread. */
export function mirrorPullRequest(payload: unknown, { guid, settings }: Known): NewJob | undefined {
  if (!isMirrored(payload, settings)) return undefined;
  const { action, repository, pull_request: pull } = PullRequest.parse(payload);
  if (!followed.includes(action)) return undefined;
  return toMirrorJob(`github:${guid}`, {
    kind: "pull",
    pull: toFacts(repository.full_name, pull, pull.merged_at),
    begins: beginnings.includes(action),
  });
}

/** A comment in the conversation of a pull request. */
export function mirrorIssueComment(payload: unknown, known: Known): NewJob | undefined {
  if (!isMirrored(payload, known.settings)) return undefined;
  const { issue, comment, repository, ...happened } = IssueComment.parse(payload);
  if (!issue.pull_request) return undefined;
  return toJob({ ...happened, kind: "comment", comment, pull: toFacts(repository.full_name, issue, issue.pull_request.merged_at) }, known);
}

interface Happened {
  /** `github:<kind>:<id>` names it, here and for the commands in it. */
  readonly kind: string;
  readonly action: string;
  readonly changes?: { readonly body?: { readonly from: string } | undefined } | undefined;
  readonly comment: z.infer<typeof Comment>;
  readonly sender: z.infer<typeof Account>;
  readonly pull: PullFacts;
}

/** What people and known bots said; of our own words only that somebody deleted them. */
function toJob({ kind, action, changes, comment, sender, pull }: Happened, { guid, settings, isUs }: Known): NewJob | undefined {
  const author = comment.user ?? ghost;
  const body = comment.body ?? "";
  const id = `github:${guid}`;
  if (isOurs(body) && isUs(author.login)) {
    const message = action === "deleted" ? keyIn(body) : undefined;
    return message === undefined ? undefined : toMirrorJob(id, { kind: "copy_gone", message });
  }
  if (author.type !== "User" && !settings.allow.githubBots.includes(author.id)) return undefined;

  const change: Omit<GitHubChange, "said"> = {
    kind: "github",
    pull,
    key: `github:${kind}:${comment.id}`,
    saidAt: Date.parse(comment.created_at),
    author: { id: author.id, login: author.login },
    url: comment.html_url,
  };
  if (action === "deleted") return toMirrorJob(id, change);
  if (action !== "created" && action !== "edited") return undefined;
  const before = changes?.body?.from;
  return toMirrorJob(id, {
    ...change,
    said: {
      version: {
        at: Date.parse(comment.updated_at),
        rank: action === "edited" ? 1 : 0,
        words: nameOfWords(body),
        ...(before !== undefined && { before: nameOfWords(before) }),
      },
      blocks: githubBlocks(body),
      ...(action === "edited" && sender.id !== author.id && { editedBy: sender.login }),
    },
  });
}

function toFacts(repository: string, pull: z.infer<typeof Pull>, mergedAt: string | null | undefined): PullFacts {
  const open = pull.draft ? "draft" : "open";
  return {
    repository,
    number: pull.number,
    subjectId: pull.node_id,
    title: pull.title,
    author: (pull.user ?? ghost).login,
    url: pull.html_url,
    state: pull.state === "open" ? open : mergedAt ? "merged" : "closed",
    updatedAt: Date.parse(pull.updated_at),
  };
}

/** Most deliveries are of repositories that are not mirrored, and are not read any further. */
function isMirrored(payload: unknown, { mirror }: Known["settings"]): boolean {
  if (mirror.length === 0) return false;
  const name = z.object({ repository: Repository }).parse(payload).repository.full_name.toLowerCase();
  return mirror.some(({ repository }) => repository.toLowerCase() === name);
}
