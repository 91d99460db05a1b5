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

export const Repository = z.object({ full_name: z.string() });

export const Pull = z.object({
  number: z.int(),
  node_id: z.string(),
  title: z.string(),
  html_url: z.string(),
  state: z.enum(["open", "closed"]),
  draft: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  updated_at: z.string(),
  user: Account.nullable(),
});

/** What the payload of each event has in which something is said on a pull request. */
export const Around = z.object({
  action: z.string(),
  changes: z.object({ body: z.object({ from: z.string().nullable() }).optional() }).optional(),
  sender: Account,
  repository: Repository,
});

/** What everything has that is said on a pull request. */
export const Words = z.object({ id: z.int(), html_url: z.string(), body: z.string().nullish(), user: Account.nullable() });

/** Something that was said on a pull request, or changed, or deleted. */
export interface Happened {
  /** `github:<kind>:<id>` names it, here and for the commands in it. */
  readonly kind: "comment" | "review" | "review-comment";
  readonly around: z.infer<typeof Around>;
  readonly words: z.infer<typeof Words>;
  readonly pull: PullFacts;
  /** As GitHub writes times. */
  readonly saidAt: string;
  readonly changedAt: string;
  /** 0 when it is said, more for what can only come after it. */
  readonly rank: number;
  /** What it is about, where that is not the pull request as a whole. */
  readonly about?: string;
}

/** What people and known bots said; of our own words only that somebody deleted them. */
export function toJob(happened: Happened, { guid, settings, isUs }: Known): NewJob | undefined {
  const { kind, around, words, pull, saidAt, changedAt, rank, about } = happened;
  const { action, changes, sender } = around;
  const author = words.user ?? ghost;
  const body = words.body ?? "";
  const id = `github:${guid}`;
  if (isOurs(body) && isUs(author.login)) {
    const message = action === "deleted" ? keyIn(body) : undefined;
    return message === undefined ? undefined : toMirrorJob(id, { kind: "copy_gone", message });
  }
  if (author.type !== "User" && !settings.allow.githubBots.includes(author.id)) return undefined;

  const change: Omit<GitHubChange, "said"> = {
    kind: "github",
    pull,
    key: `github:${kind}:${words.id}`,
    saidAt: Date.parse(saidAt),
    author: { id: author.id, login: author.login },
    url: words.html_url,
  };
  if (action === "deleted") return toMirrorJob(id, change);
  const before = changes?.body?.from;
  return toMirrorJob(id, {
    ...change,
    said: {
      version: {
        at: Date.parse(changedAt),
        rank,
        words: nameOfWords(body),
        ...(before != null && { before: nameOfWords(before) }),
      },
      blocks: githubBlocks(body),
      ...(about !== undefined && { about }),
      ...(action === "edited" && sender.id !== author.id && { editedBy: sender.login }),
    },
  });
}

export function toFacts(repository: string, pull: z.infer<typeof Pull>, mergedAt: string | null | undefined): PullFacts {
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
    ...(pull.locked && { isLocked: true }),
  };
}

/** Most deliveries are of repositories that are not mirrored, and are not read any further. */
export function isMirrored(payload: unknown, { mirror }: Known["settings"]): boolean {
  if (mirror.length === 0) return false;
  const name = z.object({ repository: Repository }).parse(payload).repository.full_name.toLowerCase();
  return mirror.some(({ repository }) => repository.toLowerCase() === name);
}
