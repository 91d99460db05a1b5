import { z } from "zod";
import { followedAmong } from "../../../pipeline/incidents/pipeline-of.ts";
import { toDequeued } from "../../../pipeline/incidents/pulls/on-dequeued.ts";
import { toLookAtWatched } from "../../../pipeline/personal/look-at-watched.ts";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";

const PullRequest = z.object({
  action: z.string(),
  number: z.int(),
  repository: z.object({ full_name: z.string() }),
  reason: z.string().catch("unknown reason"),
});

/** The queue lets go of what it has merged, too. */
const merged: readonly string[] = ["merge", "already_merged"];

const OfQueue = PullRequest.extend({
  repository: z.object({ full_name: z.string(), private: z.boolean() }),
  pull_request: z.object({ head: z.object({ sha: z.string() }), html_url: z.string() }),
});

/** For its author, where failures are followed: the queue let go of it, or has it again. */
export function tellDequeued(payload: unknown, { guid, receivedAt, settings }: Known): NewJob | undefined {
  const { action, reason, repository } = PullRequest.parse(payload);
  const isOut = action === "dequeued" && !merged.includes(reason.toLowerCase());
  if (!(isOut || action === "enqueued") || !followedAmong(settings.incidents, repository.full_name)) return undefined;
  const { number, repository: where, pull_request: pull } = OfQueue.parse(payload);
  const of = { repository: where.full_name, isPrivate: where.private, number, headSha: pull.head.sha, url: pull.html_url };
  return toDequeued(guid, { ...of, ...(isOut && { reason }) }, receivedAt);
}

/** For those who watch it: a new head is a new turn, out of the queue is news, and closed is the end. */
export function onPullRequest(payload: unknown, { guid }: Known): NewJob | undefined {
  const { action, number, repository, reason } = PullRequest.parse(payload);
  const id = `watched:github:${guid}`;
  if (action === "synchronize") return toLookAtWatched(id, repository.full_name, { kind: "look", number });
  if (action === "closed") return toLookAtWatched(id, repository.full_name, { kind: "closed", number });
  if (action !== "dequeued" || merged.includes(reason.toLowerCase())) return undefined;
  return toLookAtWatched(id, repository.full_name, { kind: "dequeued", number, reason });
}
