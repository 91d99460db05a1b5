import type { Logger } from "pino";
import { z } from "zod";
import { type Job, Postponed } from "../../pipeline/queue.ts";
import type { GoneFindings } from "../../pipeline/reviews/finding-comments.ts";
import { findingMarker } from "../render/review.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { minimizeComment } from "./documents/comments.ts";
import { threadBeginnings } from "./documents/reviews.ts";

const Comment = z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean(), isMinimized: z.boolean() });
type Comment = z.infer<typeof Comment>;
const Thread = z.object({ isResolved: z.boolean(), comments: z.object({ nodes: z.array(Comment) }) });
const Threads = z.object({
  node: z.object({
    reviewThreads: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(Thread),
    }),
  }),
});
type Page = z.infer<typeof Threads>["node"]["reviewThreads"];

/** 1,000 threads. */
const mostPages = 10;
/** Answers and reactions go first. */
const spared = 3;

/**
 * Hides what we said on lines about findings that are gone. Only whoever may push can resolve a thread, and the bot asks for no such
 * permission; what people resolved stays as it is. Tidiness is worth no alarm: what cannot be hidden stays.
 */
export function createHideFindings(github: GitHub, log: Logger): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { repository, subjectId, findings } = payload as unknown as Omit<GoneFindings, "headSha">;
    try {
      const client = await github.forRepository(repository);
      const markers = findings.map(findingMarker);
      const gone = ({ body }: Comment) => markers.some((marker) => body.includes(marker));
      for (const { id } of (await shownOfOurs(subjectId, client)).filter(gone)) {
        const waitMs = client.writePace.take(spared);
        if (waitMs > 0) throw new Postponed(waitMs);
        await client.mutate(minimizeComment, { id });
      }
    } catch (error) {
      if (error instanceof Postponed) throw error;
      log.warn({ err: error, repository }, "findings that are gone could not be hidden");
    }
  };
}

/** What we began threads with that nobody resolved or hid. */
async function shownOfOurs(subjectId: string, { query }: GitHubClient): Promise<readonly Comment[]> {
  const found: Comment[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const { nodes, pageInfo }: Page = Threads.parse(await query(threadBeginnings, { subjectId, after })).node.reviewThreads;
    const open = nodes.filter(({ isResolved }) => !isResolved).flatMap(({ comments }) => comments.nodes);
    found.push(...open.filter(({ viewerDidAuthor, isMinimized }) => viewerDidAuthor && !isMinimized));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || after === null) break;
  }
  return found;
}
